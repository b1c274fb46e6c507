// F12, or Ctrl and a click, goes to where a name is defined, in whichever cell; Alt+F12 comes back.
import { EditorSelection, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { Notebook } from "@jupyterlab/notebook";
import type { AnalysisAnswer } from "../../../analysis-protocol.js";
import { indexOfCell } from "../notebook/cell-actions.js";
import { definitionAt, type Place, Trail } from "./definition.js";

export class Jump {
  readonly #notebook: () => Notebook;
  readonly #analysis: () => AnalysisAnswer | undefined;
  readonly #onNothing: () => void;
  readonly #trail = new Trail();

  constructor(notebook: () => Notebook, analysis: () => AnalysisAnswer | undefined, onNothing: () => void) {
    this.#notebook = notebook;
    this.#analysis = analysis;
    this.#onNothing = onNothing;
  }

  inCell(cell: string): Extension {
    const follow = (offset: number) => this.#follow({ cell, from: offset, to: offset });
    return [
      Prec.high(keymap.of([{ key: "F12", run: ({ state }) => follow(state.selection.main.head) }])),
      EditorView.domEventHandlers({
        mousedown: (event, view) => {
          if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
          const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
          return offset !== null && follow(offset);
        },
      }),
    ];
  }

  back(): void {
    const place = this.#trail.back();
    if (place !== undefined) this.#show(place);
  }

  #follow(from: Place): boolean {
    const analysis = this.#analysis();
    const place = analysis === undefined ? undefined : definitionAt(analysis, from.cell, from.from);
    if (place === undefined) {
      this.#onNothing();
      return false;
    }
    this.#trail.leave(from);
    this.#show(place);
    return true;
  }

  #show({ cell, from, to }: Place): void {
    const notebook = this.#notebook();
    const index = indexOfCell(notebook, cell);
    const target = notebook.widgets[index];
    if (target === undefined) return;
    notebook.deselectAll();
    notebook.activeCellIndex = index;
    notebook.mode = "edit";
    target.node.scrollIntoView({ block: "nearest" });
    const view = (target.editor as CodeMirrorEditor | null)?.editor;
    if (view === undefined) return;
    const { length } = view.state.doc;
    view.dispatch({
      selection: EditorSelection.single(Math.min(from, length), Math.min(to, length)),
      effects: EditorView.scrollIntoView(Math.min(from, length), { y: "center" }),
    });
    view.focus();
  }
}
