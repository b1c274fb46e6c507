// How far a notebook is, on the terminal's bar: `[3/31]` and the cell's first line, or what the cell itself shows.
import type { RunProgress } from "../kernel/client/run-notebook.js";
import type { Progress } from "./terminal.js";

export function showOn(bar: Progress): (progress: RunProgress) => void {
  return ({ cell, of, title, note }) => bar.update((cell - 1) / of, `[${cell}/${of}] ${note ?? title}`);
}
