// The code of a cell, read: which names it declares for later cells, which names it uses, and its last expression.
import type TS from "typescript";
import { ts } from "./typescript.js";

export interface CellSource {
  readonly code: string;
  readonly file: TS.SourceFile;
  readonly declared: readonly DeclaredName[];
  /** Every word that could be a name of an earlier cell. */
  readonly used: ReadonlySet<string>;
  /** Whose value is the result of the cell. */
  readonly lastExpression: TS.Expression | undefined;
  /** What it imports or requires by a literal. */
  readonly specifiers: readonly string[];
  /** It adds to the types of others (`declare global`, `declare module "x"`). */
  readonly augments: boolean;
}

/** A name that later cells may use. `local` is what it is called in the cell: other than `name` in `export { a as b }`. */
export interface DeclaredName {
  readonly name: string;
  readonly local: string;
  readonly kind: NameKind;
  /** `export { x } from "m"`: the cell itself has no such name. */
  readonly passedOn: boolean;
  /** Exported by the code itself, under this name. */
  readonly exported: boolean;
}

/** What sort of thing a name stands for; only a `variable` can be assigned from a later cell. */
export type NameKind = "variable" | "constant" | "function" | "class" | "enum" | "namespace" | "import" | "type";

/** `name` decides between TypeScript and TSX. */
export function readCell(code: string, name = "cell.ts"): CellSource {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true);
  return {
    code,
    file,
    declared: declaredNames(file),
    used: usedWords(file),
    lastExpression: lastExpression(file),
    specifiers: ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName),
    augments: file.statements.some((statement) => ts.isModuleDeclaration(statement) && isAugmentation(statement)),
  };
}

/** `export { a, b as c }`, which names what stands elsewhere in the cell. */
export const isExportList = (statement: TS.Statement): statement is TS.ExportDeclaration =>
  ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined;

export const hasModifier = (node: TS.Node, kind: TS.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (node.modifiers ?? []).some((modifier) => modifier.kind === kind);

function lastExpression(file: TS.SourceFile): TS.Expression | undefined {
  const last = file.statements.findLast((statement) => !ts.isExportDeclaration(statement));
  return last !== undefined && ts.isExpressionStatement(last) ? last.expression : undefined;
}

const isAugmentation = (node: TS.ModuleDeclaration): boolean =>
  ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;

/** Each name once: a value hides the type beside it, as in `class` and `interface` of one name. */
export function declaredNames(file: TS.SourceFile): DeclaredName[] {
  const found = new Map<string, DeclaredName>();
  for (const declared of file.statements.flatMap(namesOf)) {
    const before = found.get(declared.name);
    if (before === undefined || before.kind === "type") found.set(declared.name, declared);
  }
  const kindOf = (local: string): NameKind => found.get(local)?.kind ?? "constant";
  const lists = file.statements.filter(isExportList).flatMap((list) => renamedExports(list, kindOf));
  for (const declared of lists) found.set(declared.name, declared);
  return [...found.values()];
}

function namesOf(statement: TS.Statement): DeclaredName[] {
  // `export default` gives no name to later cells.
  const { ExportKeyword, DefaultKeyword } = ts.SyntaxKind;
  const exported = hasModifier(statement, ExportKeyword) && !hasModifier(statement, DefaultKeyword);
  const named = (kind: NameKind, ...names: readonly (string | undefined)[]): DeclaredName[] =>
    names.filter((name) => name !== undefined).map((name) => ({ name, local: name, kind, exported, passedOn: false }));

  if (ts.isVariableStatement(statement)) return named(...variableNames(statement.declarationList));
  if (ts.isFunctionDeclaration(statement)) return named("function", statement.name?.text);
  if (ts.isClassDeclaration(statement)) return named("class", statement.name?.text);
  if (ts.isEnumDeclaration(statement)) return named("enum", statement.name.text);
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return named("type", statement.name.text);
  if (ts.isModuleDeclaration(statement))
    return isAugmentation(statement) ? [] : named("namespace", statement.name.text);
  if (ts.isImportEqualsDeclaration(statement)) return named("import", statement.name.text);
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  if (ts.isExportDeclaration(statement)) return passedOnNames(statement);
  return [];
}

/** `using` names end with their cell: no later one may see them. */
function variableNames(list: TS.VariableDeclarationList): [NameKind, ...string[]] {
  const blockScope = list.flags & ts.NodeFlags.BlockScoped;
  if (blockScope === ts.NodeFlags.Using || blockScope === ts.NodeFlags.AwaitUsing) return ["constant"];
  const kind = blockScope === ts.NodeFlags.Const ? "constant" : "variable";
  return [kind, ...list.declarations.flatMap(({ name }) => boundNames(name))];
}

function boundNames(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function importedNames(clause: TS.ImportClause | undefined): DeclaredName[] {
  if (clause === undefined) return [];
  const { name, namedBindings } = clause;
  const bindings = namedBindings === undefined ? [] : bindingsOf(namedBindings);
  return [...(name === undefined ? [] : [{ name, isType: false }]), ...bindings].map(({ name, isType }) => ({
    name: name.text,
    local: name.text,
    kind: isType || clause.isTypeOnly ? "type" : "import",
    exported: false,
    passedOn: false,
  }));
}

const bindingsOf = (bindings: TS.NamedImportBindings): { name: TS.Identifier; isType: boolean }[] =>
  ts.isNamespaceImport(bindings)
    ? [{ name: bindings.name, isType: false }]
    : bindings.elements.map(({ name, isTypeOnly }) => ({ name, isType: isTypeOnly }));

function passedOnNames({ moduleSpecifier, exportClause, isTypeOnly }: TS.ExportDeclaration): DeclaredName[] {
  if (moduleSpecifier === undefined || exportClause === undefined) return [];
  const names = ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name) : [exportClause.name];
  const kind = isTypeOnly ? "type" : "import";
  return names.map(({ text }) => ({ name: text, local: text, kind, exported: true, passedOn: true }));
}

function renamedExports(list: TS.ExportDeclaration, kindOf: (local: string) => NameKind): DeclaredName[] {
  if (list.exportClause === undefined || !ts.isNamedExports(list.exportClause)) return [];
  return list.exportClause.elements.map(({ name, propertyName, isTypeOnly }) => {
    const local = (propertyName ?? name).text;
    const kind = list.isTypeOnly || isTypeOnly ? "type" : kindOf(local);
    return { name: name.text, local, kind, exported: true, passedOn: false };
  });
}

function usedWords(file: TS.SourceFile): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) words.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return words;
}

/** `lr` in `a.lr`, `{ lr: 1 }` or `A.lr` means no variable. */
function isMember(node: TS.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}
