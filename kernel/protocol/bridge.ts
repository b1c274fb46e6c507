// What the two threads of the kernel say to one another. The I/O thread keeps the protocol: sockets, queue of requests,
// busy and idle, history. The main thread runs the cells, and may be held by one for hours.
import type { CellError, MimeBundle, OutputMessage } from "../messages.js";

/** From the I/O thread to the one that runs the cells; one `execute` or question at a time. */
export type ToCells =
  | {
      readonly type: "execute";
      readonly id: string;
      readonly code: string;
      readonly count: number;
      readonly silent: boolean;
      readonly allowInput: boolean;
      readonly expressions: Readonly<Record<string, string>>;
    }
  | { readonly type: "complete"; readonly id: string; readonly code: string; readonly cursor: number }
  | { readonly type: "inspect"; readonly id: string; readonly code: string; readonly cursor: number }
  | { readonly type: "isComplete"; readonly id: string; readonly code: string }
  /** The loop that held the thread, if one did, has been stopped: end the running cell. */
  | { readonly type: "interrupt" }
  | { readonly type: "shutdown" };

/** From the thread that runs the cells. What it says of an execution before its `ended` belongs before the reply. */
export type FromCells =
  | { readonly type: "ready" }
  | { readonly type: "output"; readonly id: string; readonly output: OutputMessage }
  | { readonly type: "ask"; readonly id: string; readonly prompt: string; readonly password: boolean }
  | {
      readonly type: "ended";
      readonly id: string;
      readonly error?: CellError;
      readonly expressions: Readonly<Record<string, ExpressionResult>>;
    }
  | { readonly type: "answer"; readonly id: string; readonly content: Readonly<Record<string, unknown>> }
  | { readonly type: "interrupted" }
  /** `process.exit` or a fault of our own: the process ends once this has been passed on. */
  | { readonly type: "exiting"; readonly exitCode: number };

/** The value of one of `user_expressions`. */
export type ExpressionResult =
  | { readonly status: "ok"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | ({ readonly status: "error" } & Omit<CellError, "type">);
