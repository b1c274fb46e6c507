// F8 goes to the next type error of the cell.
import { nextDiagnostic } from "@codemirror/lint";
import { keymap } from "@codemirror/view";

export const problemKeys = keymap.of([{ key: "F8", run: nextDiagnostic }]);
