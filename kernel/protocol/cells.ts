// The thread that runs the cells, as the protocol sees it.
import type { ToCells } from "./bridge.js";

export interface Cells {
  post(message: Exclude<ToCells, { type: "interrupt" | "shutdown" }>): void;
  /** The text that the running cell waits for in `prompt()`. */
  answerInput(text: string): void;
  /** Output of this size is no longer on its way. */
  outputSent(size: number): void;
  /** Ends the running cell, whatever it does. The thread says `interrupted` when that is done: until then, post nothing. */
  interrupt(): void;
  /** Ends the process, whatever the cell does. */
  shutdown(): void;
}
