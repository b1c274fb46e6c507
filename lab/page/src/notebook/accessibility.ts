// What a reader of the screen hears of the notebook, and what the keyboard can scroll; kept true as cells come and change.
import type { Notebook } from "@jupyterlab/notebook";
import { setAttribute } from "../interface/dom.js";
import type { Words } from "../words.js";

export class Accessibility {
  readonly #notebook: Notebook;
  readonly #words: Words;
  #waiting = false;

  constructor(notebook: Notebook, words: Words) {
    this.#notebook = notebook;
    this.#words = words;
    addEventListener("resize", () => this.changed());
    // Cells are drawn as they come into sight, and the list grows by it.
    const growing = new ResizeObserver(() => this.changed());
    growing.observe(notebook.node.querySelector(".jp-WindowedPanel-viewport") ?? notebook.node);
    // Formulas come later than the text, and wider.
    document.fonts.addEventListener("loadingdone", () => this.changed());
  }

  /** When nothing else is to be done. */
  changed(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#labelCells();
      this.#openScrolling();
    }, 500);
  }

  /** JupyterLab's own labels are English, and its feed has other children than articles. */
  #labelCells(): void {
    const { node, widgets } = this.#notebook;
    const list = node.querySelector(".jp-WindowedPanel-viewport");
    if (list !== null) {
      setAttribute(list, "role", "group");
      setAttribute(list, "aria-label", this.#words.notebook);
    }
    for (const [index, cell] of widgets.entries()) {
      setAttribute(cell.node, "role", "group");
      setAttribute(cell.node, "aria-label", this.#words.cell(index + 1, widgets.length));
    }
  }

  /** What is wider than its place can be scrolled with the arrows once it can have the focus. */
  #openScrolling(): void {
    for (const box of this.#notebook.node.querySelectorAll<HTMLElement>(scrolling)) {
      setAttribute(box, "tabindex", canScroll(box) ? 0 : undefined);
    }
  }
}

const scrolling = ".jp-MarkdownOutput, .jp-OutputArea-output, .jp-RenderedHTMLCommon :is(pre, table, .katex-display)";

function canScroll(box: HTMLElement): boolean {
  const isWider = box.scrollWidth > box.clientWidth + 1;
  if (!isWider && box.scrollHeight <= box.clientHeight + 1) return false;
  const { overflowX, overflowY } = getComputedStyle(box);
  return /auto|scroll/.test(isWider ? overflowX : overflowY);
}
