// tslab prints a cell's error on stderr and says no more. From that text: what was thrown, its message, and where in
// the student's code, without the frames of tslab and Node.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { OutputMessage } from "./kernel.js";

export type ErrorMessage = Extract<OutputMessage, { type: "error" }>;

/**
 * The error in `texts`, the last things the cell printed on stderr, and how many of them it took.
 * `code` is the cell; paths are told relative to `folder`, so that outputs are the same on every machine.
 */
export function readTslabError(texts: readonly string[], code: string, folder: string): [ErrorMessage, number] {
  const last = texts.at(-1);
  if (last === undefined) return [errorMessage("Error", "the cell failed and tslab lost the reason", []), 0];
  const diagnostics = texts.slice(texts.findLastIndex((text) => !diagnosticPattern.test(text)) + 1);
  if (diagnostics.length > 0) return [readDiagnostics(diagnostics, code), diagnostics.length];
  return [readThrown(last, folder), 1];
}

/** Without the frames of tslab and Node, whose paths differ from machine to machine. */
export function withoutInnerFrames(text: string): string {
  return text.replace(/^ +at .*(?:node:|[\\/]tslab[\\/]dist[\\/]|evalmachine\.).*\n?/gm, "");
}

const diagnosticPattern = /^(\S+ )?(\d+):(\d+) - ([\s\S]*)/;

function readDiagnostics(texts: readonly string[], code: string): ErrorMessage {
  const explained = texts.map((text) => {
    const [, file = "", line = "", column = "", message = ""] = diagnosticPattern.exec(text) ?? [];
    const place = `${file}line ${line}, column ${column}`;
    return { headline: `${place}: ${message.trim()}`, excerpt: file === "" ? excerpt(code, +line, +column) : [] };
  });
  const traceback = explained.flatMap(({ headline, excerpt }) => [headline, ...excerpt]);
  return errorMessage("TypeScriptError", explained[0]?.headline ?? "", traceback);
}

function excerpt(code: string, line: number, column: number): string[] {
  const source = code.split("\n")[line - 1];
  return source === undefined ? [] : [`    ${source}`, `    ${" ".repeat(column - 1)}^`];
}

function readThrown(text: string, folder: string): ErrorMessage {
  const lines = text.trimEnd().split("\n");
  const firstFrame = lines.findIndex(isFrame);
  if (firstFrame < 0) return errorMessage("Thrown", text.trim(), [text.trim()]);

  // Uncaught in synchronous code, V8 puts `file:line`, the line, a caret and an empty line first.
  const headAt = /:\d+$/.test(lines[0] ?? "") ? lines.indexOf("") + 1 : 0;
  const head = lines.slice(headAt, firstFrame).join("\n").trim();
  const [, ename = "Error", evalue = ""] = /^([\w$.]+)(?: \[\w+\])?(?:: ([\s\S]*))?$/.exec(head) ?? [
    undefined,
    "Error",
    head,
  ];
  const frames = lines.slice(firstFrame).flatMap((line) => studentFrame(line, folder));
  const shown = head === "" ? [] : head.split("\n");
  return errorMessage(ename, evalue, [...sourceLine(lines.slice(0, headAt)), ...shown, ...frames]);
}

const isFrame = (line: string): boolean => /^ +at /.test(line);

/** The failing line and its caret, when V8 showed them and they are a cell's. */
function sourceLine([place = "", source = "", caret = ""]: readonly string[]): string[] {
  if (!place.startsWith("evalmachine.")) return [];
  const added = "exports.tsLastExpr = ";
  if (!source.startsWith(added)) return [source, caret];
  return [source.slice(added.length), caret.slice(added.length)];
}

/** What a line after the message says of the student's own code: a frame, the cause of the error, or nothing. */
function studentFrame(line: string, folder: string): string[] {
  if (/^ +\[cause\]: /.test(line)) return [line];
  if (!isFrame(line) || /node:|[\\/]tslab[\\/]dist[\\/]|lines matching cause/.test(line)) return [];
  // tslab runs the cell compiled: its line numbers would name other lines than the student's.
  const [, indent = "", name] = /^( +)at (?:async )?(?:(.*) \()?evalmachine\.<anonymous>/.exec(line) ?? [];
  if (line.includes("evalmachine.")) return name === undefined ? [] : [`${indent}at ${name} (in a cell)`];
  return [
    line
      .replace(/ \{$/, "")
      .replace(/(file:\/\/)?(?:\/|[A-Za-z]:\\)[^()]*(?=:\d+:\d+)/, (path) => nearby(path, folder)),
  ];
}

function nearby(path: string, folder: string): string {
  const file = path.startsWith("file://") ? fileURLToPath(path) : path;
  return relative(folder, file).replaceAll("\\", "/");
}

function errorMessage(ename: string, evalue: string, traceback: readonly string[]): ErrorMessage {
  return { type: "error", ename, evalue, traceback };
}
