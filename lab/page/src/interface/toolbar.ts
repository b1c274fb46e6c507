// The bar above the notebook: what one does all the time, how the kernel is, whether the work is saved.

import { type ActionName, keyBindings, readableKeys } from "../notebook/keys.js";
import type { KernelState } from "../notebook/session.js";
import type { SaveState } from "../saving/saver.js";
import type { Words } from "../words.js";
import { element, setText } from "./dom.js";
import { type IconName, icon } from "./icons.js";
import { type MenuItem, menuButton } from "./menu.js";

export type RunAction = (name: ActionName) => void;

export interface ToolbarOptions {
  readonly title: string;
  readonly homeUrl: string;
  readonly words: Words;
  readonly run: RunAction;
  readonly changeLanguage: () => void;
}

export class Toolbar {
  readonly node: HTMLElement;
  readonly #words: Words;
  readonly #kernel = element("span", { class: "rp-kernel", "data-state": "starting" });
  readonly #saving = element("button", { class: "rp-saving" });
  readonly #points = element("span", { class: "rp-points" });
  readonly #panel: HTMLButtonElement;

  constructor({ title, homeUrl, words, run, changeLanguage }: ToolbarOptions) {
    this.#words = words;
    const button = buttonMaker(words, run);
    this.#panel = button("panel", "panel");
    this.#panel.setAttribute("aria-controls", "rp-panel");
    this.#saving.addEventListener("click", () => run("save"));
    const home = element(
      "a",
      { class: "rp-home", href: homeUrl, title: words.home, "aria-label": words.home },
      icon("home"),
    );
    const other = element(
      "button",
      { class: "rp-tool", lang: words.otherLanguage.code, onclick: changeLanguage },
      words.otherLanguage.label,
    );
    this.node = element(
      "header",
      { class: "rp-header" },
      element("div", { class: "rp-title-row" }, home, element("p", { class: "rp-title" }, title), this.#points, other),
      element(
        "div",
        { class: "rp-toolbar", role: "toolbar", "aria-label": words.toolbar },
        button("run", "run", words.actions.run),
        button("runAll", "runAll", words.actions.runAll),
        button("interrupt", "stop"),
        button("restart", "restart"),
        element("span", { class: "rp-gap" }),
        menuButton(words.actions.addCell, [icon("add"), face(words.actions.addCell)], items(words, run, cellItems)),
        menuButton(words.actions.more, [icon("more")], items(words, run, moreItems)),
        element("span", { class: "rp-spring" }),
        this.#kernel,
        this.#saving,
        button("export", "download", words.actions.export),
        this.#panel,
      ),
    );
    this.showSaving({ kind: "saved" });
  }

  showKernel(state: KernelState): void {
    this.#kernel.dataset["state"] = state;
    setText(this.#kernel, this.#words.kernel[state]);
  }

  showSaving(state: SaveState): void {
    const { saving } = this.#words;
    this.#saving.dataset["state"] = state.kind;
    setText(this.#saving, state.kind === "conflict" ? saving.decide : saving[state.kind]);
    this.#saving.title = state.kind === "failed" ? state.reason : this.#words.actions.save;
  }

  showPoints(earned: number, all: number): void {
    setText(this.#points, all === 0 ? "" : this.#words.course.outOf(earned, all));
    this.#points.title = this.#words.course.visibleOnly;
  }

  showPanel(isOpen: boolean): void {
    this.#panel.setAttribute("aria-expanded", String(isOpen));
  }
}

const cellItems = [
  "addBelow",
  "addAbove",
  "separator",
  "toMarkdown",
  "toCode",
  "moveUp",
  "moveDown",
  "separator",
  "cut",
  "copy",
  "paste",
  "deleteCell",
  "undo",
  "redo",
] as const;
const moreItems = ["runAllAbove", "restartAndRunAll", "separator", "save", "export", "separator", "keys"] as const;

function items(words: Words, run: RunAction, names: readonly (ActionName | "separator")[]): (MenuItem | "separator")[] {
  return names.map((name) => {
    if (name === "separator") return name;
    const keys = keysOf(name, words);
    return { label: words.actions[name], run: () => run(name), ...(keys !== undefined && { keys }) };
  });
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

function keysOf(name: ActionName, words: Words): string | undefined {
  const binding = keyBindings.find(({ action }) => action === name);
  return binding === undefined ? undefined : readableKeys(binding.keys, words.keys.names, isMac);
}

/** What a button says where there is room. */
const face = (text: string): HTMLElement => element("span", { class: "rp-face" }, text);

function buttonMaker(words: Words, run: RunAction) {
  return (name: ActionName, drawing: IconName, shown?: string): HTMLButtonElement => {
    const keys = keysOf(name, words);
    const label = name === "export" ? words.actions.exportTitle : words.actions[name];
    const title = keys === undefined ? label : `${label} (${keys})`;
    const text = shown === undefined ? [] : [face(shown)];
    const hidden = shown === undefined ? { "aria-label": label } : {};
    const made = element(
      "button",
      { class: "rp-tool", title, ...hidden, onclick: () => run(name) },
      icon(drawing),
      ...text,
    );
    made.dataset["action"] = name;
    return made;
  };
}
