// How the line after unfinished code begins: one level deeper inside what its last line has opened.
import type TS from "typescript";
import { ts } from "../typescript.js";
import { readBrackets } from "./brackets.js";

const level = "  ";

/** The indentation of the next line. Nothing inside a template literal, which would contain it. */
export function nextIndent(code: string): string {
  const { open, closed, unterminated, last } = readBrackets(code);
  if (unterminated === "`") return "";
  const lineStart = code.trimEnd().lastIndexOf("\n") + 1;
  if ((open.at(-1)?.openedAt ?? -1) >= lineStart) return indentAt(code, lineStart) + level;
  const closesLine = closed !== undefined && closed.closedAt >= lineStart;
  const own = indentAt(code, closesLine ? closed.openedAt : lineStart);
  return wantsOperand(last) || heads.test(code.slice(lineStart)) ? own + level : own;
}

/** A line whose statement stands on the next one. */
const heads = /^\s*(\}\s*)?((if|for|while)\b.*\)|else)\s*$/;

const indentAt = (code: string, position: number): string =>
  /^[ \t]*/.exec(code.slice(code.lastIndexOf("\n", position - 1) + 1))![0];

/** `=`, `=>`, `+`, `?` … */
const wantsOperand = (token: TS.SyntaxKind): boolean =>
  token >= ts.SyntaxKind.FirstBinaryOperator && token <= ts.SyntaxKind.LastBinaryOperator;
