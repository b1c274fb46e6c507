// The panel beside the notebook: progress, outline, and the names of the Python edition; three tabs, by arrows too.
import { element } from "../interface/dom.js";
import { icon } from "../interface/icons.js";
import type { Words } from "../words.js";

export interface Section {
  readonly id: string;
  readonly label: string;
  readonly node: HTMLElement;
}

const storageKey = "retroprop:panel";

export class Panel {
  readonly node: HTMLElement;
  readonly #tabs: HTMLButtonElement[];
  readonly #sections: readonly Section[];
  readonly #onToggle: (isOpen: boolean) => void;

  constructor(sections: readonly Section[], words: Words, onToggle: (isOpen: boolean) => void) {
    this.#sections = sections;
    this.#onToggle = onToggle;
    this.#tabs = sections.map((section) => this.#tabFor(section));
    const close = element(
      "button",
      { class: "rp-quiet rp-panel-close", "aria-label": words.close, onclick: () => this.toggle(false) },
      icon("close"),
    );
    const list = element(
      "div",
      {
        class: "rp-tabs",
        role: "tablist",
        "aria-label": words.actions.panel,
        onkeydown: (event: KeyboardEvent) => this.#move(event),
      },
      ...this.#tabs,
    );
    this.node = element(
      "aside",
      { class: "rp-panel", id: "rp-panel", "aria-label": words.actions.panel },
      element("div", { class: "rp-panel-head" }, list, close),
      ...sections.map(bodyFor),
    );
    this.#choose(0, false);
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && isNarrow() && this.toggle(false));
    this.#set(isNarrow() ? false : localStorage.getItem(storageKey) !== "closed");
  }

  get isOpen(): boolean {
    return !this.node.hidden;
  }

  /** What the student chose stays, on wide screens: on narrow ones the panel lies over the notebook. */
  toggle(isOpen = !this.isOpen): void {
    if (!isNarrow()) localStorage.setItem(storageKey, isOpen ? "open" : "closed");
    this.#set(isOpen);
    if (isOpen) this.#tabs.find(({ tabIndex }) => tabIndex === 0)?.focus();
  }

  /** After going somewhere from the panel: on a narrow screen it would hide the place. */
  closeDrawer(): void {
    if (isNarrow()) this.#set(false);
  }

  #set(isOpen: boolean): void {
    this.node.hidden = !isOpen;
    this.#onToggle(isOpen);
  }

  #tabFor({ id, label }: Section): HTMLButtonElement {
    const choose = () =>
      this.#choose(
        this.#sections.findIndex((section) => section.id === id),
        true,
      );
    return element(
      "button",
      { role: "tab", id: `rp-tab-${id}`, "aria-controls": `rp-section-${id}`, onclick: choose },
      label,
    );
  }

  #choose(index: number, isFocused: boolean): void {
    for (const [i, tab] of this.#tabs.entries()) {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      (this.node.children[i + 1] as HTMLElement).hidden = i !== index;
    }
    if (isFocused) this.#tabs[index]?.focus();
  }

  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const now = this.#tabs.findIndex(({ tabIndex }) => tabIndex === 0);
    this.#choose((now + step + this.#tabs.length) % this.#tabs.length, true);
    event.preventDefault();
  }
}

const isNarrow = (): boolean => matchMedia("(max-width: 900px)").matches;

const bodyFor = ({ id, node }: Section): HTMLElement =>
  element(
    "div",
    { class: "rp-section", role: "tabpanel", id: `rp-section-${id}`, "aria-labelledby": `rp-tab-${id}`, tabindex: 0 },
    node,
  );
