// Reads code as text, through the TypeScript parser: a symbol's declaration, what it uses, what the library exports.
import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";
import { CourseError, type Place } from "./course-error.js";

export interface Library {
  /** The names one may import from "retroprop"; true for those that are only types. */
  readonly exports: ReadonlyMap<string, boolean>;
  /** Finds `src/functions/softmax.ts#softmax`; `asked` is where somebody wants it. */
  declaration(symbol: string, asked: Place): Declaration;
}

export interface Declaration extends Place {
  /** `src/functions/softmax.ts#softmax` */
  readonly symbol: string;
  readonly name: string;
  /** False for what is only a type. */
  readonly isValue: boolean;
  /** With its TSDoc, without `export`. */
  readonly text: string;
  /** What it needs from outside itself, in order of first use. */
  readonly uses: readonly Use[];
}

interface Use {
  /** As it is written in the declaration. */
  readonly name: string;
  readonly symbol: string;
  /** Its name in `src/index.ts`, if it is exported. */
  readonly exportedAs: string | undefined;
  readonly typeOnly: boolean;
}

const entry = "src/index.ts";

/** Opens the library of the course at `root`; `files` are sources the entry point may not reach. */
export function openLibrary(root: string, files: readonly string[]): Library {
  const present = [entry, ...files].map((file) => join(root, file)).filter((path) => existsSync(path));
  const paths = { retroprop: [join(root, entry)] };
  const program = ts.createProgram(present, { ...parserOptions, paths });
  const source: Source = { root, program, checker: program.getTypeChecker(), exportNames: new Map() };
  const exports = new Map<string, boolean>();
  for (const exported of exportsOf(source)) {
    const target = aliasTarget(source.checker, exported);
    source.exportNames.set(target, exported.name);
    exports.set(exported.name, (target.flags & ts.SymbolFlags.Value) === 0);
  }
  return { exports, declaration: (symbol, asked) => findDeclaration(source, symbol, asked) };
}

/** Enough to parse and to bind names: neither the standard library nor the packages are read. */
const parserOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  noLib: true,
  types: [],
};

interface Source {
  readonly root: string;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly exportNames: Map<ts.Symbol, string>;
}

function exportsOf({ root, program, checker }: Source): ts.Symbol[] {
  const file = program.getSourceFile(join(root, entry));
  if (file === undefined)
    throw new CourseError({ file: entry, line: 1 }, "this file is missing: it is what `retroprop` exports");
  const module = checker.getSymbolAtLocation(file);
  return module ? checker.getExportsOfModule(module) : [];
}

function findDeclaration(source: Source, symbol: string, asked: Place): Declaration {
  const [file, name] = symbol.split("#");
  if (!file || !name)
    throw new CourseError(asked, `\`${symbol}\`: expected FILE#NAME, as in src/functions/softmax.ts#softmax`);
  const sourceFile = source.program.getSourceFile(join(source.root, file));
  if (sourceFile === undefined) throw new CourseError(asked, `\`${symbol}\`: there is no file ${file}`);
  const statements = sourceFile.statements.filter((statement) => declaredNames(statement).includes(name));
  const first = statements[0];
  if (first === undefined)
    throw new CourseError(asked, `\`${symbol}\`: ${file} declares nothing of this name at its top level`);
  const line = sourceFile.getLineAndCharacterOfPosition(first.getStart()).line + 1;
  if (declaredNames(first).length > 1) {
    throw new CourseError({ file, line }, `\`${name}\` shares its statement with others: give it one of its own`);
  }
  const isValue = !statements.every(
    (statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement),
  );
  const text = statements.map(withoutExport).join("\n");
  return { symbol, name, isValue, file, line, text, uses: usesOf(source, statements) };
}

/** The names a statement declares at the top of its file; none for one that only runs. */
export function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const named = statement as ts.Statement & { name?: ts.Node };
  return ts.isDeclarationStatement(statement) && named.name ? [named.name.getText()] : [];
}

function withoutExport(statement: ts.Statement): string {
  const { text } = statement.getSourceFile();
  const start = statement.getStart(undefined, true);
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const keyword = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const before = keyword ? text.slice(start, keyword.getStart()) : "";
  const after = keyword ? text.slice(keyword.end, statement.end).trimStart() : text.slice(start, statement.end);
  return (before + after).replaceAll("\r\n", "\n");
}

/** The module-level names that the statements take from elsewhere in `src` or from packages. */
function usesOf(source: Source, statements: readonly ts.Statement[]): Use[] {
  const uses = new Map<string, Use>();
  const visit = (node: ts.Node): void => {
    const use = ts.isIdentifier(node) ? useOf(source, node, statements) : undefined;
    if (use) uses.set(use.name, { ...use, typeOnly: use.typeOnly && (uses.get(use.name)?.typeOnly ?? true) });
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  return [...uses.values()];
}

function useOf({ root, checker, exportNames }: Source, node: ts.Identifier, own: readonly ts.Node[]): Use | undefined {
  const local = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  if (local === undefined) return undefined;
  const target = aliasTarget(checker, local);
  const place = (target.declarations ?? local.declarations)?.[0];
  if (place === undefined || !isTopLevel(place) || own.some((statement) => contains(statement, place)))
    return undefined;
  const file = relative(root, place.getSourceFile().fileName).split(sep).join("/");
  const typeOnly = ts.isPartOfTypeNode(node);
  return { name: node.text, symbol: `${file}#${target.name}`, exportedAs: exportNames.get(target), typeOnly };
}

const contains = (outer: ts.Node, inner: ts.Node): boolean =>
  outer.getSourceFile() === inner.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;

const aliasTarget = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Whether a declaration stands at the top of its file: members and locals need no import. */
function isTopLevel(node: ts.Declaration): boolean {
  if (ts.isVariableDeclaration(node)) return ts.isSourceFile(node.parent.parent.parent);
  return (
    ts.isSourceFile(node.parent) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportClause(node)
  );
}
