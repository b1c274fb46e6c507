// Type-checks generated code before it is written, against the library's sources: what ts-node and a strict kernel do.
import { join, resolve } from "node:path";
import ts from "typescript";
import type { Place, Problem } from "./course-error.js";
import { hostOver } from "./host-over.js";
import { codeCells, type Notebook } from "./notebook-format.js";

/** A text to check as if it stood at `file`. */
export interface Unit {
  readonly file: string;
  readonly text: string;
  /** Where a line of the text comes from. */
  readonly placeOf: (line: number) => Place;
  /** Whether a name may be declared again, as in the cells of a notebook. */
  readonly redeclares: boolean;
}

export const fileUnit = (file: string, text: string): Unit => ({
  file,
  text,
  placeOf: (line) => ({ file, line }),
  redeclares: false,
});

/** The code cells of a notebook one after the other; `placeOf` says where a cell comes from. */
export function notebookUnit(file: string, notebook: Notebook, placeOf: (cell: string) => Place): Unit {
  const origins: Place[] = [];
  const lines: string[] = [];
  for (const { id, source } of codeCells(notebook)) {
    const first = placeOf(id);
    source.split("\n").forEach((line, i) => {
      lines.push(line);
      origins.push({ file: first.file, line: first.line + i });
    });
  }
  return {
    // Modules whatever the folder's package.json says: cells await at their top level.
    file: file.replace(/\.ipynb$/, ".cells.mts"),
    text: `${lines.join("\n")}\nexport {};\n`,
    placeOf: (line) => origins[line - 1] ?? { file, line: 1 },
    redeclares: true,
  };
}

/** What stands for the library: by default its sources, so that a stale build is never what gets checked against. */
export interface CompiledLibrary {
  /** Relative to the root. */
  readonly entry: string;
  /** Path, relative to the root → text. */
  readonly types: ReadonlyMap<string, string>;
}

const librarySources: CompiledLibrary = { entry: "src/index.ts", types: new Map() };

/** What the compiler says against the units, in the terms of exercises/tsconfig.json. */
export function compileProblems(root: string, units: readonly Unit[], library = librarySources): Problem[] {
  const byPath = new Map(units.map((unit) => [resolve(root, unit.file), unit]));
  const options = optionsAt(root, library);
  const texts = new Map([...library.types, ...units.map(({ file, text }) => [file, text] as const)]);
  const program = ts.createProgram([...byPath.keys()], options, hostOver(root, options, texts));
  return [...byPath].flatMap(([path, unit]) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .filter(({ code }) => !(unit.redeclares && redeclarationCodes.has(code)))
      .map((diagnostic) => problemOf(unit, file, diagnostic));
  });
}

const optionsAt = (root: string, { entry }: CompiledLibrary): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    retroprop: [resolve(root, entry)],
    "retroprop-autograder": [resolve(root, "autograder/index.ts")],
  },
});

/** "Cannot redeclare", "Duplicate identifier", "Duplicate function implementation", "Import conflicts with local". */
const redeclarationCodes = new Set([2451, 2300, 2393, 2440]);

function problemOf(unit: Unit, file: ts.SourceFile, { messageText, start = 0 }: ts.Diagnostic): Problem {
  const place = unit.placeOf(file.getLineAndCharacterOfPosition(start).line + 1);
  return { ...place, message: ts.flattenDiagnosticMessageText(messageText, " ") };
}
