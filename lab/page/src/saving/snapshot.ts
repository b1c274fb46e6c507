// The notebook as it goes to the file: what the student changed, and nothing that the page added for itself.
import type { ICell, INotebookContent } from "@jupyterlab/nbformat";
import type { Notebook } from "@jupyterlab/notebook";

export function snapshot(notebook: Notebook): INotebookContent {
  const content = notebook.model?.toJSON() as INotebookContent | undefined;
  if (content === undefined) throw new Error("internal: the notebook has no model");
  return { ...content, cells: content.cells.map(withoutTrust) };
}

/** Trust is of this page: what was run here. A file that claims it would say nothing. */
function withoutTrust(cell: ICell): ICell {
  const { trusted: _, ...metadata } = cell.metadata;
  return { ...cell, metadata };
}
