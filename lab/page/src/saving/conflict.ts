// The file has changed under the open notebook: the student compares, and keeps one version or the other.
import type { INotebookContent } from "@jupyterlab/nbformat";
import { ask, openDialog } from "../interface/dialogs.js";
import { element } from "../interface/dom.js";
import type { Words } from "../words.js";
import { type ComparedCell, differences } from "./compare.js";

export type Decision = "mine" | "theirs";

/** undefined: later. Asks again after each comparison. */
export async function decide(
  mine: INotebookContent,
  theirs: INotebookContent,
  words: Words["saving"],
  close: string,
): Promise<Decision | undefined> {
  for (;;) {
    const answer = await ask(words.conflict, words.conflictText, [
      { answer: "later" as const, label: words.later },
      { answer: "compare" as const, label: words.compare, isMain: true },
      { answer: "theirs" as const, label: words.takeTheirs },
      { answer: "mine" as const, label: words.keepMine },
    ]);
    if (answer === "mine" || answer === "theirs") return answer;
    if (answer !== "compare") return undefined;
    await showDifferences(cellsOf(mine), cellsOf(theirs), words, close);
  }
}

export const cellsOf = ({ cells }: INotebookContent): ComparedCell[] =>
  cells.map(({ id, source }, index) => ({
    id: typeof id === "string" ? id : `cell ${index}`,
    source: Array.isArray(source) ? source.join("") : source,
  }));

function showDifferences(
  mine: readonly ComparedCell[],
  theirs: readonly ComparedCell[],
  words: Words["saving"],
  close: string,
): Promise<void> {
  const found = differences(mine, theirs).map(({ position, mine, theirs }) =>
    element(
      "section",
      { class: "rp-difference" },
      element("h3", {}, words.cellChanged(position)),
      element(
        "div",
        {},
        side(words.mine, mine ?? `(${words.onlyThere})`),
        side(words.theirs, theirs ?? `(${words.onlyHere})`),
      ),
    ),
  );
  const content = found.length > 0 ? found : [element("p", {}, words.noDifference)];
  const dialog = openDialog(words.compare, close, ...content);
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve()));
}

const side = (label: string, text: string): HTMLElement =>
  element("div", {}, element("strong", {}, label), element("pre", {}, text));
