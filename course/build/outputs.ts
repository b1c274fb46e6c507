// Outputs of an executed notebook: kept from one build to the next as long as the code they came from is the same.
import { codeCells, type Notebook, type NotebookCell } from "./notebook-format.js";

export const isExecuted = (notebook: Notebook): boolean =>
  codeCells(notebook).some(({ outputs, execution_count }) => outputs.length > 0 || execution_count !== null);

/** Whether two notebooks run the same code, cell by cell. */
export function sameCode(a: Notebook, b: Notebook): boolean {
  const code = (notebook: Notebook) => JSON.stringify(codeCells(notebook).map(({ id, source }) => [id, source]));
  return code(a) === code(b);
}

/** `target` with the outputs and execution counts of `executed`; nothing else of it. */
export function withOutputsOf(target: Notebook, executed: Notebook): Notebook {
  const ran = new Map(codeCells(executed).map((cell) => [cell.id, cell]));
  const withOutputs = (cell: NotebookCell): NotebookCell => {
    const twin = cell.cell_type === "code" ? ran.get(cell.id) : undefined;
    return twin ? ({ ...cell, execution_count: twin.execution_count, outputs: twin.outputs } as NotebookCell) : cell;
  };
  return { ...target, cells: target.cells.map(withOutputs) };
}
