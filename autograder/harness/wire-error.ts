// What a submission threw, in short text: its name, its message, and where in the loaded program it was thrown.
import type { WireError } from "./protocol.js";
import { shortText } from "./short-text.js";

/** The name the program has in stack traces. */
export const programName = "submission.js";

/** Reads `thrown` once and never throws itself: an error's fields can be getters. */
export function toWireError(thrown: unknown): WireError {
  try {
    if (typeof thrown !== "object" || thrown === null)
      return { name: "Error", message: shortText(String(thrown), 500) };
    const { name, message, stack } = thrown as { name?: unknown; message?: unknown; stack?: unknown };
    return { name: shortText(name, 100) || "Error", message: shortText(message, 500), ...placeIn(stack) };
  } catch {
    return { name: "Error", message: "" };
  }
}

/** The innermost frame in the program: an error thrown by the library is shown where the program called it. */
function placeIn(stack: unknown): Pick<WireError, "line" | "column"> {
  const found = typeof stack === "string" ? /submission\.js:(\d+)(?::(\d+))?/.exec(stack.slice(0, 20_000)) : null;
  if (found === null) return {};
  return { line: Number(found[1]), ...(found[2] === undefined ? {} : { column: Number(found[2]) }) };
}
