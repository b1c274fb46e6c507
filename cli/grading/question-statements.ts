// What each question asks, as students read it: the cell above the one for its answer.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { courseRoot } from "../course-root.js";

interface NotebookCell {
  readonly source: string | readonly string[];
  readonly metadata: { readonly retroprop?: { readonly question?: string } };
}

/** By question id, without the title; none where somebody broke the notebook: a class is marked all the same. */
export function questionStatements(tp: string): ReadonlyMap<string, string> {
  try {
    return statementsIn(readFileSync(join(courseRoot, "notebooks", `${tp}.ipynb`), "utf8"));
  } catch {
    return new Map();
  }
}

function statementsIn(notebook: string): ReadonlyMap<string, string> {
  const { cells } = JSON.parse(notebook) as { readonly cells: readonly NotebookCell[] };
  const textOf = ({ source }: NotebookCell) => [source].flat().join("");
  return new Map(
    cells.flatMap(({ metadata }, i) => {
      const question = metadata.retroprop?.question;
      const above = cells[i - 1];
      return question === undefined || above === undefined ? [] : [[question, textOf(above).replace(/^#.*\s*/, "")]];
    }),
  );
}
