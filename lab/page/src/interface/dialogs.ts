// A question with its answers, or something to read, over the page; Escape closes, the focus goes back.
import { element } from "./dom.js";

export interface Choice<Answer> {
  readonly answer: Answer;
  readonly label: string;
  readonly isMain?: boolean;
}

/** The answer, or undefined when the student closed the question. */
export function ask<Answer>(
  title: string,
  text: string,
  choices: readonly Choice<Answer>[],
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let chosen: Answer | undefined;
    const buttons = choices.map(({ answer, label, isMain = false }) =>
      element(
        "button",
        { class: isMain ? "rp-button rp-main" : "rp-button", autofocus: isMain, onclick: () => choose(answer) },
        label,
      ),
    );
    const actions = element("div", { class: "rp-dialog-actions" }, ...buttons);
    const dialog = openDialog(title, "", element("p", {}, text), actions);
    const choose = (answer: Answer) => {
      chosen = answer;
      dialog.close();
    };
    dialog.addEventListener("close", () => resolve(chosen));
  });
}

/** `closeLabel`, unless empty, makes a button that closes: what is above it is to be read, from its beginning. */
export function openDialog(title: string, closeLabel: string, ...content: readonly Node[]): HTMLDialogElement {
  const reading = closeLabel === "" ? {} : { tabindex: -1, autofocus: true };
  const heading = element("h2", { id: "rp-dialog-title", ...reading }, title);
  const dialog = element("dialog", { class: "rp-dialog", "aria-labelledby": "rp-dialog-title" }, heading, ...content);
  if (closeLabel !== "") {
    const close = element("button", { class: "rp-button rp-main", onclick: () => dialog.close() }, closeLabel);
    dialog.append(element("div", { class: "rp-dialog-actions" }, close));
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
