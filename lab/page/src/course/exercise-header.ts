// Above an exercise's cell: its points, how it stands, its hints one at a time, and the button that checks it.
import { element, setAttribute, setText } from "../interface/dom.js";
import { icon } from "../interface/icons.js";
import type { Words } from "../words.js";
import type { Exercise } from "./exercises.js";

export interface HeaderOptions {
  readonly words: Words["course"];
  readonly verify: () => Promise<string>;
  readonly renderHint: (markdown: string) => Promise<HTMLElement>;
  /** How many hints were opened in this session of the browser. */
  readonly hintsSeen: { get(): number; set(count: number): void };
}

/** Longer than the checks of the course take, but for those that train. */
const slowAfterMs = 8000;

export class ExerciseHeader {
  readonly node: HTMLElement;
  readonly #options: HeaderOptions;
  readonly #state = element("span", { class: "rp-state" });
  readonly #message = element("p", { class: "rp-verdict", role: "status" });
  readonly #hints = element("div", { class: "rp-hints" });
  readonly #title = element("span", { class: "rp-exercise-title" });
  readonly #points = element("span", { class: "rp-exercise-points" });
  readonly #hint: HTMLButtonElement;
  readonly #verify: HTMLButtonElement;
  #exercise: Exercise;
  #shown = 0;

  constructor(exercise: Exercise, options: HeaderOptions) {
    this.#exercise = exercise;
    this.#options = options;
    const { words } = options;
    this.#hint = element(
      "button",
      { class: "rp-quiet rp-hint", onclick: () => void this.#nextHint(true) },
      icon("hint"),
      element("span"),
    );
    this.#verify = element(
      "button",
      { class: "rp-button rp-verify", onclick: () => void this.verify() },
      icon("check"),
      words.verify,
    );
    const row = element(
      "div",
      { class: "rp-exercise-row" },
      this.#title,
      this.#points,
      this.#state,
      element("span", { class: "rp-spring" }),
      this.#hint,
      this.#verify,
    );
    this.node = element("section", { class: "rp-exercise" }, row, this.#hints, this.#message);
    this.show(exercise, false);
    void this.#showSeenHints();
  }

  /** `isOld`: the code has changed since the check. */
  show(exercise: Exercise, isOld: boolean): void {
    this.#exercise = exercise;
    const { words } = this.#options;
    const { title, points, state } = exercise;
    setText(this.#title, title);
    setText(this.#points, words.points(points));
    setAttribute(this.node, "aria-label", `${words.exercise} ${title}`);
    this.node.dataset["state"] = state;
    const text = isOld && state !== "todo" ? `${words[state]}, ${words.changedSince}` : words[state];
    if (this.#state.textContent !== text) this.#state.replaceChildren(icon(state), text);
    setAttribute(this.#verify, "disabled", exercise.checkId === undefined);
    this.#nameHintButton();
  }

  async verify(): Promise<void> {
    const { words, verify } = this.#options;
    this.#verify.disabled = true;
    setText(this.#message, words.verifying);
    const slow = setTimeout(() => setText(this.#message, words.stillVerifying), slowAfterMs);
    try {
      setText(this.#message, await verify());
    } finally {
      clearTimeout(slow);
      this.#verify.disabled = false;
    }
  }

  #nameHintButton(): void {
    const { words } = this.#options;
    const { hints } = this.#exercise;
    this.#hint.hidden = this.#shown >= hints.length;
    setText(this.#hint.lastElementChild!, this.#shown === 0 ? words.hint : words.nextHint);
  }

  async #showSeenHints(): Promise<void> {
    const seen = Math.min(this.#options.hintsSeen.get(), this.#exercise.hints.length);
    while (this.#shown < seen) await this.#nextHint(false);
  }

  async #nextHint(isAsked: boolean): Promise<void> {
    const { hints } = this.#exercise;
    const hint = hints[this.#shown];
    if (hint === undefined) return;
    const { words, renderHint, hintsSeen } = this.#options;
    this.#shown++;
    const label = words.hintOf(this.#shown, hints.length);
    const box = element(
      "div",
      { class: "rp-hint-text", tabindex: -1, "aria-label": label },
      element("strong", {}, label),
      await renderHint(hint),
    );
    this.#hints.append(box);
    this.#nameHintButton();
    if (!isAsked) return;
    hintsSeen.set(this.#shown);
    box.focus({ preventScroll: true });
  }
}
