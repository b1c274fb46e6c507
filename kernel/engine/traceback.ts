// Whatever was thrown, as the error of a cell: name, message, and a traceback that begins with the line that failed.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { CellError } from "../messages.js";
import { excerpt } from "./diagnostics.js";
import type { SourcePositions } from "./source-positions.js";
import { isInnerFile } from "./stack-trace.js";

/** Paths in it are told relative to `folder`, so that outputs are the same on every machine. Never throws. */
export function describeThrown(thrown: unknown, positions: SourcePositions, folder: string): CellError {
  if (!isErrorLike(thrown)) {
    const evalue = attempt(
      () => (typeof thrown === "string" ? thrown : inspect(thrown)),
      "a value that cannot be shown",
    );
    return { type: "error", ename: "Thrown", evalue, traceback: `Thrown: ${evalue}`.split("\n") };
  }
  const { name, message } = readError(thrown);
  const lines = describe(thrown, folder, new Set());
  return { type: "error", ename: name, evalue: message, traceback: [...failingLine(lines, positions), ...lines] };
}

/** Ended by the person at the notebook. */
export const interrupted: CellError = {
  type: "error",
  ename: "Interrupted",
  evalue: "the cell was interrupted",
  traceback: ["Interrupted: the cell was interrupted"],
};

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Errors of other realms too. */
const isErrorLike = (thrown: unknown): thrown is ErrorLike =>
  attempt(() => thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]", false);

function readError(error: ErrorLike): { name: string; message: string; stack: string } {
  const read = (key: "name" | "message" | "stack", otherwise: string): string =>
    attempt(() => (typeof error[key] === "string" ? error[key] : otherwise), otherwise);
  return { name: read("name", "") || "Error", message: asWritten(read("message", "")), stack: read("stack", "") };
}

/** V8 names what it could not call as it was compiled: `(0 , cell_3_1.step)`, which was written `step`. */
const asWritten = (message: string): string =>
  message.replace(/\(0 , cell_\d+_\d+\.([\p{ID_Continue}$]+)\)/gu, "$1").replace(/\bcell_\d+_\d+\./g, "");

/** The error, its frames, then its causes, each once. */
function describe(error: ErrorLike, folder: string, seen: Set<unknown>): string[] {
  seen.add(error);
  const { name, message, stack } = readError(error);
  const head = message === "" ? name : `${name}: ${message}`;
  const frames = stack.split("\n").filter((line) => /^ +at /.test(line) && !isInnerFile(fileOf(line)));
  return [...head.split("\n"), ...frames.map((frame) => nearby(frame, folder)), ...causes(error, folder, seen)];
}

/** `    at f (place)` or `    at place`; a place may have brackets of its own: `/home/me/tp (1)/x.ts:3:4`. */
function placeOf(frame: string): string {
  const [, inBrackets, bare = ""] = /^ +at (?:.*? \((?=\/|[A-Za-z]:[\\/]|\w+:|cell |<)(.*)\)|(.*))$/.exec(frame) ?? [];
  return inBrackets ?? bare.replace(/^async /, "");
}

const fileOf = (frame: string): string => placeOf(frame).replace(/(?::\d+)+$/, "");

function causes(error: ErrorLike, folder: string, seen: Set<unknown>): string[] {
  const cause = attempt(() => error.cause, undefined);
  const errors = attempt(() => error.errors, undefined);
  const inner = [
    ...(cause === undefined ? [] : [["cause", cause] as const]),
    ...(Array.isArray(errors) ? errors.slice(0, 10).map((one, index) => [`errors ${index}`, one] as const) : []),
  ];
  return inner
    .filter(([, one]) => !seen.has(one))
    .flatMap(([label, one]) => {
      const [first = "", ...rest] = isErrorLike(one) ? describe(one, folder, seen) : [attempt(() => inspect(one), "?")];
      return [`  [${label}]: ${first}`, ...rest.map((line) => `  ${line}`)];
    });
}

/** The line of the innermost frame that is of the notebook, with a caret. */
function failingLine(lines: readonly string[], positions: SourcePositions): string[] {
  for (const line of lines) {
    const [, label = "", row = "", column = ""] = /^(cell \d+):(\d+):(\d+)$/.exec(placeOf(line)) ?? [];
    const text = positions.textOf(label);
    if (text !== undefined) return excerpt(text, +row - 1, +column - 1);
  }
  return [];
}

function nearby(frame: string, folder: string): string {
  const path = fileOf(frame);
  if (!/^(file:\/\/|\/|[A-Za-z]:[\\/])/.test(path)) return frame;
  const file = path.startsWith("file://") ? attempt(() => fileURLToPath(path), path) : path;
  const start = frame.lastIndexOf(path);
  return frame.slice(0, start) + relative(folder, file).replaceAll("\\", "/") + frame.slice(start + path.length);
}

function attempt<T>(get: () => T, otherwise: T): T {
  try {
    return get();
  } catch {
    return otherwise;
  }
}
