// What the compiler says against a cell, where it stands in its code: what would stop it in the kernel.
import type TS from "typescript";
import { fileErrors, messageOf, stopping } from "../../kernel/engine/diagnostics.js";
import type { NotebookProject } from "../../kernel/engine/project.js";
import { ts } from "../../kernel/engine/typescript.js";
import type { Problem, Span } from "../analysis-protocol.js";
import type { CellModule } from "./cell-module.js";

/** `path` is that of the module. Of code that is no TypeScript nothing more is said: the rest follows from it. */
export function problems(
  module: CellModule,
  path: string,
  program: TS.Program,
  project: NotebookProject,
): readonly Problem[] {
  const { code, faults } = module;
  if (faults.length > 0) return faults.map((fault) => problemOf(fault, module, program));
  const own = stopping(program, path).filter(({ start = 0 }) => start <= code.length);
  return [
    ...own.map((diagnostic) => problemOf(diagnostic, module, program)),
    ...problemsOfFiles(module, program, project),
  ];
}

/** A file that a cell imports stops it too: told at the import. */
function problemsOfFiles({ code, source }: CellModule, program: TS.Program, project: NotebookProject): Problem[] {
  return ts.preProcessFile(code, true, true).importedFiles.flatMap(({ fileName, pos }) => {
    const files = project.sourcesOf({ ...source, specifiers: [fileName] });
    const error = fileErrors(program, files, project.folder);
    const span = spanIn(code, pos, fileName.length + 2);
    return error === undefined ? [] : [{ ...span, severity: "error" as const, message: error.evalue }];
  });
}

function problemOf(diagnostic: TS.Diagnostic, module: CellModule, program: TS.Program): Problem {
  const span = spanIn(module.code, diagnostic.start ?? 0, diagnostic.length ?? 0);
  const message = ofAnotherCell(diagnostic, span, module) ?? messageOf(diagnostic, program);
  return { ...span, severity: "error", message: `TS${diagnostic.code}: ${message}` };
}

/** In the words of a notebook, where TypeScript speaks of imports. */
function ofAnotherCell({ code }: TS.Diagnostic, { from, to }: Span, module: CellModule): string | undefined {
  const word = module.code.slice(from, to);
  const owned = module.taken.flatMap(({ names }) => names).find(({ name }) => name === word);
  if (code !== cannotAssignImport || owned === undefined) return undefined;
  return `Cannot assign to '${word}' because another cell declares it as ${article(owned.kind)}.`;
}

const cannotAssignImport = 2632;

const article = (kind: string): string => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);

/** What the compiler says of the end of a module, it says of the end of the code. */
function spanIn(code: string, start: number, length: number): Span {
  const from = Math.min(start, code.length);
  return { from, to: Math.min(from + length, code.length) };
}
