// A TP's solution, answer by answer: what may stand in a student's program in the place of a wrong one, and nothing more.
import ts from "typescript";
import type { Piece } from "./piece.js";
import { findReferences } from "./references.js";
import { readStatements, type Statement } from "./statements.js";

export interface Solution {
  /** Its answers, by exported name, and the given code, each as JavaScript without comments. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** The library's names that the declarations mention, under names that no student would choose. */
  readonly imports: string;
  /** What it imports under a name of its own, `nll as ndNll`: the library's name, by that one. */
  readonly renamed: ReadonlyMap<string, string>;
}

export interface Declaration {
  readonly name: string;
  readonly text: string;
  /** The declarations of the solution that it mentions, answers among them. */
  readonly needs: readonly string[];
}

/** Reads `solutions/tp1.ts`: declarations at the top level, which import from "retroprop" only. */
export function readSolution(text: string): Solution {
  const piece: Piece = { place: "solution", text: toJavaScript(renameImports(text)) };
  const { statements, imports } = readStatements(piece);
  const named = statements.filter((statement): statement is Named => statement.name !== undefined);
  const names = new Set(named.map(({ name }) => name));
  const referencesOf = findReferences(statements);
  const needsOf = (statement: Named) =>
    [...referencesOf(statement).values].filter((name) => names.has(name) && name !== statement.name);
  const clauses = imports.map(({ imported, local }) => `${imported} as ${local}`);
  return {
    declarations: new Map(named.map((one) => [one.name, { name: one.name, text: one.text, needs: needsOf(one) }])),
    imports: clauses.length === 0 ? "" : `import { ${clauses.join(", ")} } from "retroprop";`,
    renamed: renamedIn(text),
  };
}

function renamedIn(text: string): Map<string, string> {
  const { imports } = readStatements({ place: "solution", text });
  return new Map(imports.flatMap(({ imported, local }) => (imported === local ? [] : [[local, imported]])));
}

type Named = Statement & { readonly name: string };

/**
 * The answers `names`, and of the rest of the solution the given code they need. Other answers they mention are not among
 * them: those are the student's own.
 *
 * @param answers names of all exercises of the TP
 */
export function declarationsFor(
  names: readonly string[],
  { declarations }: Solution,
  answers: ReadonlySet<string>,
): Declaration[] {
  const reached = new Set(names);
  for (const name of reached) {
    for (const needed of declarations.get(name)?.needs ?? []) if (!answers.has(needed)) reached.add(needed);
  }
  return [...declarations.values()].filter(({ name }) => reached.has(name));
}

/** `exp` becomes `solution$exp`, wherever it stands: a student may have an `exp` of their own. */
function renameImports(text: string): string {
  const file = ts.createSourceFile("solution.ts", text, ts.ScriptTarget.ES2022, true);
  const checker = checkerOf(file);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) edits.push({ at: node, text: importAs(node) });
    else if (ts.isIdentifier(node) && isImported(node, checker)) edits.push({ at: node, text: newNameAt(node) });
    if (!ts.isImportSpecifier(node)) ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.reduceRight(
    (edited, { at, text }) => edited.slice(0, at.getStart()) + text + edited.slice(at.end),
    text,
  );
}

interface Edit {
  readonly at: ts.Node;
  readonly text: string;
}

const renamed = (name: string): string => `solution$${name}`;

const importAs = ({ isTypeOnly, name, propertyName }: ts.ImportSpecifier): string =>
  `${isTypeOnly ? "type " : ""}${(propertyName ?? name).text} as ${renamed(name.text)}`;

const newNameAt = ({ text, parent }: ts.Identifier): string =>
  ts.isShorthandPropertyAssignment(parent) ? `${text}: ${renamed(text)}` : renamed(text);

function isImported(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  return symbol?.declarations?.some(ts.isImportSpecifier) ?? false;
}

/** Names bound in one file; nothing else is read. */
function checkerOf(file: ts.SourceFile): ts.TypeChecker {
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (name) => (name === file.fileName ? file : undefined),
    fileExists: (name) => name === file.fileName,
    readFile: () => undefined,
  };
  return ts.createProgram([file.fileName], options, host).getTypeChecker();
}

/** Types would meet those of the student, and comments explain. */
function toJavaScript(text: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
