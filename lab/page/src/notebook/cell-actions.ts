// What one does to cells; what the course has locked stays where and as it is.
import type { YNotebook } from "@jupyter/ydoc";
import type { Cell } from "@jupyterlab/cells";
import { type Notebook, NotebookActions } from "@jupyterlab/notebook";
import type { ActionName } from "./keys.js";

export type Actions = Readonly<Partial<Record<ActionName, () => unknown>>>;

export function cellActions(notebook: Notebook): Actions {
  const act = (action: (notebook: Notebook) => unknown) => () => {
    endUndoStep(notebook);
    action(notebook);
    void NotebookActions.focusActiveCell(notebook);
  };
  const unlessLocked = (action: (notebook: Notebook) => unknown) => () => {
    if (!selectedCells(notebook).some(isLocked)) act(action)();
  };
  return {
    addAbove: act(NotebookActions.insertAbove),
    addBelow: act(NotebookActions.insertBelow),
    cut: act(NotebookActions.cut),
    copy: act(NotebookActions.copy),
    paste: act((target) => NotebookActions.paste(target, "below")),
    deleteCell: act(NotebookActions.deleteCells),
    undo: act(NotebookActions.undo),
    redo: act(NotebookActions.redo),
    moveUp: unlessLocked(NotebookActions.moveUp),
    moveDown: unlessLocked(NotebookActions.moveDown),
    toMarkdown: unlessLocked((target) => NotebookActions.changeCellType(target, "markdown")),
    toCode: unlessLocked((target) => NotebookActions.changeCellType(target, "code")),
    merge: unlessLocked((target) => NotebookActions.mergeCells(target)),
    split: unlessLocked((target) => NotebookActions.splitCell(target)),
    toggleOutput: act(NotebookActions.toggleOutput),
    selectAbove: act(NotebookActions.selectAbove),
    selectBelow: act(NotebookActions.selectBelow),
    extendAbove: act((target) => NotebookActions.extendSelectionAbove(target)),
    extendBelow: act((target) => NotebookActions.extendSelectionBelow(target)),
    selectAll: act(NotebookActions.selectAll),
    firstCell: () => showCell(notebook, 0),
    lastCell: () => showCell(notebook, notebook.widgets.length - 1),
    editMode: () => {
      const { activeCell } = notebook;
      if (activeCell === null || (activeCell.model.type === "markdown" && !isEditable(activeCell))) return;
      notebook.mode = "edit";
    },
    commandMode: () => {
      notebook.mode = "command";
      void NotebookActions.focusActiveCell(notebook);
    },
  };
}

/** Or what follows within half a second would be undone together with what came before. */
export function endUndoStep({ model }: Notebook): void {
  (model?.sharedModel as Partial<YNotebook> | undefined)?.undoManager?.stopCapturing();
}

const moving = new Set<string>([
  "selectAbove",
  "selectBelow",
  "firstCell",
  "lastCell",
  "extendAbove",
  "extendBelow",
  "commandMode",
  "copy",
]);

/** In a notebook that is only read, one may go about. */
export function onlyWhile(allowed: () => boolean, actions: Actions): Actions {
  const guarded = Object.entries(actions).map(([name, action]) => [
    name,
    () => (moving.has(name) || allowed()) && action(),
  ]);
  return Object.fromEntries(guarded) as Actions;
}

/** Makes a cell the active one, in sight. */
export function showCell(notebook: Notebook, index: number): void {
  const cell = notebook.widgets[index];
  if (cell === undefined) return;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = "command";
  scrollTo(cell);
  void NotebookActions.focusActiveCell(notebook, { preventScroll: true });
}

/** Twice: cells on the way get their true heights only once they are seen. */
export function scrollTo({ node }: Cell): void {
  node.scrollIntoView({ block: "start" });
  setTimeout(() => node.scrollIntoView({ block: "start" }), 120);
}

export const indexOfCell = (notebook: Notebook, id: string): number =>
  notebook.widgets.findIndex(({ model }) => model.id === id);

const selectedCells = (notebook: Notebook): Cell[] =>
  notebook.widgets.filter((cell) => notebook.isSelectedOrActive(cell));

const isEditable = ({ model }: Cell): boolean => model.getMetadata("editable") !== false;

/** The statement, the tests, and the stub as a whole: their text may be open to changes, their place is not. */
const isLocked = (cell: Cell): boolean => !isEditable(cell) || cell.model.getMetadata("deletable") === false;
