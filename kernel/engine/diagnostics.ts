// Type errors as an error of the cell: TypeScript's code, line and column of the cell, the line with a caret.
import { relative } from "node:path";
import type TS from "typescript";
import type { CellError } from "../messages.js";
import type { CellSource } from "./cell-source.js";
import type { NotebookNames } from "./names.js";
import { isOperatorOnObject, operatorAdvice } from "./operators.js";
import type { OpenCell } from "./project.js";
import { ts } from "./typescript.js";

/** What stops an opened cell before it runs; undefined when nothing does. */
export function typeErrors(
  program: TS.Program,
  { path, toCell }: OpenCell,
  source: CellSource,
  names: NotebookNames,
): CellError | undefined {
  const explained = stopping(program, path).map((diagnostic) => explain(diagnostic, program, toCell, source, names));
  return explained.length === 0 ? undefined : errorOf(explained);
}

/** What is wrong in files that a cell imports: it would run with them. Paths are told from `folder`. */
export function fileErrors(program: TS.Program, paths: readonly string[], folder: string): CellError | undefined {
  const explained = paths.flatMap((path) =>
    stopping(program, path).map((diagnostic) =>
      explainInFile(diagnostic, relative(folder, path).replaceAll("\\", "/")),
    ),
  );
  return explained.length === 0 ? undefined : errorOf(explained);
}

/** A line of the cell and a caret under the column, from 0. */
export function excerpt(code: string, line: number, column: number): string[] {
  const text = code.split(/\r?\n/)[line] ?? "";
  const under = text.slice(0, column).replace(/[^\t]/g, " ");
  return [text, `${under}^`].map((shown) => `    ${shown}`);
}

const mostShown = 10;

/** What TypeScript then takes to be of any type: a package without types, `const losses = []` of an earlier cell. */
const harmless = new Set([7016, 7005, 7034]);

/** Those of the module at `path` that stop what imports it, the cell's own included. */
export function stopping(program: TS.Program, path: string): readonly TS.Diagnostic[] {
  const file = program.getSourceFile(path);
  if (file === undefined) return [];
  const syntactic = program.getSyntacticDiagnostics(file);
  const found = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file);
  return found.filter(({ category, code }) => category === ts.DiagnosticCategory.Error && !harmless.has(code));
}

interface Explained {
  readonly headline: string;
  readonly excerpt: readonly string[];
}

function errorOf(explained: readonly Explained[]): CellError {
  const more = explained.length - mostShown;
  const shown = explained.slice(0, mostShown).flatMap(({ headline, excerpt }) => [headline, ...excerpt]);
  const traceback = more > 0 ? [...shown, `… and ${more} more`] : shown;
  return { type: "error", ename: "TypeScriptError", evalue: explained[0]!.headline, traceback };
}

function explainInFile({ file, start = 0, code, messageText }: TS.Diagnostic, path: string): Explained {
  const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return {
    headline: `${path} line ${line + 1}, column ${character + 1}: TS${code}: ${message}`,
    excerpt: excerpt(file?.text ?? "", line, character),
  };
}

function explain(
  diagnostic: TS.Diagnostic,
  program: TS.Program,
  toCell: OpenCell["toCell"],
  { file, code }: CellSource,
  names: NotebookNames,
): Explained {
  const offset = toCell(diagnostic.start ?? 0) ?? code.length;
  const { line, character } = file.getLineAndCharacterOfPosition(offset);
  const place = `line ${line + 1}, column ${character + 1}`;
  const word = code.slice(offset, offset + (diagnostic.length ?? 0));
  return {
    headline: `${place}: TS${diagnostic.code}: ${reword(diagnostic, program, word, names)}`,
    excerpt: excerpt(code, line, character),
  };
}

/** Says in the words of a notebook what TypeScript says in those of modules. */
function reword(diagnostic: TS.Diagnostic, program: TS.Program, word: string, names: NotebookNames): string {
  const { code } = diagnostic;
  const owned = names.find(word);
  if (code === cannotAssignImport && owned !== undefined)
    return `Cannot assign to '${word}' because it is ${article(owned.kind)} of cell ${owned.cell.count}.`;
  const lostBy = names.lostBy(word);
  if (cannotFindName.has(code) && lostBy !== undefined)
    return `Cannot find name '${word}': cell ${lostBy} failed before it had a value.`;
  return messageOf(diagnostic, program);
}

/** What TypeScript says, for someone at a notebook: the modules that cells are made into have no name for a reader. */
export function messageOf(diagnostic: TS.Diagnostic, program: TS.Program): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const said = text.replace(/(?:typeof )?import\("[^"]*__cell(?:_\d+)?"\)\.?/g, "");
  return isOperatorOnObject(diagnostic, program) ? `${said} ${operatorAdvice}` : said;
}

const cannotAssignImport = 2632;
const cannotFindName = new Set([2304, 2552, 2503]);

const article = (kind: string): string => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);
