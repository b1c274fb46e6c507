// Type errors, underlined in the editors where they are; F8 goes from one to the next.
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { CodeMirrorEditor } from "@jupyterlab/codemirror";
import type { Notebook } from "@jupyterlab/notebook";
import type { AnalysisAnswer } from "../../../analysis-protocol.js";

export function underlineProblems(notebook: Notebook, { cells }: AnalysisAnswer): void {
  for (const { id, problems } of cells) {
    const cell = notebook.widgets.find(({ model }) => model.id === id);
    const view = (cell?.editor as CodeMirrorEditor | null | undefined)?.editor;
    if (view === undefined) continue;
    const { length } = view.state.doc;
    const diagnostics = problems.map(
      ({ from, to, severity, message }): Diagnostic => ({
        from: Math.min(from, length),
        to: Math.min(Math.max(to, from + 1), length),
        severity,
        message,
      }),
    );
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }
}
