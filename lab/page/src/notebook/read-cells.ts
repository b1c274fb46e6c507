// The cells of the open notebook as plain data, for what only reads them.
import type { CodeCellModel, ICellModel } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";
import type { CourseCell, Output } from "../course/exercises.js";

export const readCells = (notebook: Notebook): CourseCell[] => [...(notebook.model?.cells ?? [])].map(readCell);

function readCell(model: ICellModel): CourseCell {
  return {
    id: model.id,
    type: model.type,
    source: model.sharedModel.getSource(),
    metadata: model.getMetadata("retroprop") as CourseCell["metadata"],
    outputs: model.type === "code" ? readOutputs(model as CodeCellModel) : [],
  };
}

/** Without copying what they hold: an output may be megabytes. */
function readOutputs({ outputs }: CodeCellModel): Output[] {
  const all = Array.from({ length: outputs.length }, (_, index) => outputs.get(index));
  return all.map(({ type, data }) => ({ output_type: type, data: data as Readonly<Record<string, unknown>> }));
}
