// Shows what is locked: by the course, cell by cell; by another tab that writes this notebook, as a whole.
import type { Cell } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";

export function lockCells(notebook: Notebook, isReading: boolean): void {
  notebook.node.classList.toggle("rp-reading", isReading);
  for (const cell of notebook.widgets) lock(cell, isReading);
}

function lock(cell: Cell, isReading: boolean): void {
  const isLocked = cell.model.getMetadata("editable") === false;
  cell.readOnly = isReading || isLocked;
  // Not to be dragged elsewhere by its number: see notebook.css.
  cell.node.dataset["fixed"] = String(isLocked || cell.model.getMetadata("deletable") === false);
  if (cell.model.type !== "code" || !isLocked) delete cell.node.dataset["locked"];
  else cell.node.dataset["locked"] = "true";
}
