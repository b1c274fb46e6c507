// What the two threads of the kernel say to one another. The I/O thread keeps the protocol: sockets, queue of requests,
// busy and idle, history. The main thread runs the cells, and may be held by one for hours.
import type { CellError, MimeBundle, OutputMessage } from "../messages.js";

/** From the I/O thread to the one that runs the cells; one `execute` or question at a time. `cursor` counts characters. */
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
  /** End the running cell: no loop of it holds the thread, or it has been stopped. */
  | { readonly type: "interrupt"; readonly serial: number }
  | { readonly type: "shutdown"; readonly exitCode: number };

/** From the thread that runs the cells. What it says of an execution before its `ended` belongs before the reply. */
export type FromCells =
  | { readonly type: "ready" }
  /** `size` counts as output on its way, until it has been sent. */
  | { readonly type: "output"; readonly id: string; readonly output: OutputMessage; readonly size: number }
  | { readonly type: "ask"; readonly id: string; readonly prompt: string; readonly password: boolean }
  | {
      readonly type: "ended";
      readonly id: string;
      readonly error?: CellError;
      readonly expressions: Readonly<Record<string, ExpressionResult>>;
    }
  /** The content of the reply to a question. */
  | { readonly type: "answer"; readonly id: string; readonly content: Readonly<Record<string, unknown>> }
  /** The answer to the interrupt of that number. */
  | { readonly type: "interrupted"; readonly serial: number }
  /** `process.exit`, or a `fault` of our own: the process ends once this has been passed on. */
  | { readonly type: "exiting"; readonly exitCode: number; readonly fault?: string };

/** The value of one of `user_expressions`. */
export type ExpressionResult =
  | { readonly status: "ok"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | ({ readonly status: "error" } & Omit<CellError, "type">);
