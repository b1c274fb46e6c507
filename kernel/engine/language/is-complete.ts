// Whether code is a whole cell, for front ends where Enter either runs it or begins a new line.
import type TS from "typescript";
import { ts } from "../typescript.js";
import { nextIndent } from "./next-indent.js";

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid";
  /** What the next line begins with, when the code is incomplete. */
  readonly indent: string;
}

/** Asks the parser alone: a type error is no reason to go on typing. */
export function isComplete(code: string): Completeness {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const end = file.endOfFileToken.getFullStart(); // before trailing blanks and comments
  const faults = syntaxFaults(code);
  if (faults.some((fault) => !asksForMore(fault, end) && !isLoneKeyword(fault, file))) {
    return { status: "invalid", indent: "" };
  }
  const isWhole = faults.length === 0 && !endsInside(file);
  return isWhole ? { status: "complete", indent: "" } : { status: "incomplete", indent: nextIndent(code) };
}

/** The parser's complaints, with `await` allowed at top level. */
export function syntaxFaults(code: string): readonly TS.Diagnostic[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    fileName: "cell.ts",
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
  });
  return diagnostics;
}

/** These stand at the end too, and nothing typed after them would help: a literal that its line has ended. */
const beyondRepair: ReadonlySet<number> = new Set([
  1002, // Unterminated string literal
  1124, // Digit expected
  1125, // Hexadecimal digit expected
]);

const asksForMore = ({ code, start = 0 }: TS.Diagnostic, end: number): boolean =>
  start >= end && !beyondRepair.has(code);

/** `export` or `import` alone: the parser puts its complaint on the word rather than behind it. */
const isLoneKeyword = ({ code, start = 0 }: TS.Diagnostic, { text }: TS.SourceFile): boolean =>
  code === 1128 && /^(export|import)\s*$/.test(text.slice(start));

/** What the parser lets pass and the compiler would not: a list that ends with a comma, a function without its body. */
function endsInside({ statements, text }: TS.SourceFile): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (ts.isVariableStatement(last)) return /(,|^\s*(const|let|var))$/.test(text.slice(0, last.end).trimEnd());
  const isDeclared = ts.canHaveModifiers(last) && ts.getModifiers(last)?.some(isDeclareKeyword) === true;
  return ts.isFunctionDeclaration(last) && last.body === undefined && !isDeclared;
}

const isDeclareKeyword = ({ kind }: TS.Modifier): boolean => kind === ts.SyntaxKind.DeclareKeyword;
