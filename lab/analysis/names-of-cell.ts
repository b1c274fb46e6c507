// What a cell declares for the others and what it reads of theirs, with the places in its code.
import type TS from "typescript";
import type { NameKind } from "../../kernel/engine/cell-source.js";
import { ts } from "../../kernel/engine/typescript.js";
import type { Declaration, Span } from "../analysis-protocol.js";
import type { CellModule, TakenReading } from "./cell-module.js";

/** In the order of the code. */
export function declarations(
  { code, source }: CellModule,
  file: TS.SourceFile,
  checker: TS.TypeChecker,
): Declaration[] {
  const found = source.declared.flatMap(({ name, local, kind }) => {
    const node = declarationOf(local, file, checker, code.length);
    if (node === undefined) return [];
    return [{ name, kind: kindOf(node, kind), ...spanOf(nameOf(node)) }];
  });
  return found.sort((a, b) => a.from - b.from);
}

/** `file` is the module of the cell: its code, then the imports of what it takes. */
export function readings(
  { code, source, taken }: CellModule,
  file: TS.SourceFile,
  checker: TS.TypeChecker,
): TakenReading[] {
  const names = new Set(taken.flatMap(({ names }) => names.map(({ name }) => name)));
  const found: TakenReading[] = [];
  const visit = (node: TS.Node): void => {
    if (node.pos >= code.length) return;
    const mayBeTaken = ts.isIdentifier(node) && names.has(node.text);
    if (mayBeTaken && isTaken(node, source.code.length, checker)) found.push({ name: node.text, ...spanOf(node) });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Whether a name means, where it stands, what is imported behind the code: not a parameter or a member called so. */
function isTaken(node: TS.Identifier, codeEnd: number, checker: TS.TypeChecker): boolean {
  const declared = symbolOf(node, checker)?.declarations?.[0];
  return declared !== undefined && declared.getSourceFile() === node.getSourceFile() && declared.pos >= codeEnd;
}

/** `{ softmax }` is a member and the name of a value, `export { softmax }` another name for one: here, the value counts. */
function symbolOf(node: TS.Identifier, checker: TS.TypeChecker): TS.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

function declarationOf(
  local: string,
  file: TS.SourceFile,
  checker: TS.TypeChecker,
  codeEnd: number,
): TS.Declaration | undefined {
  const { Value, Type, Namespace, Alias } = ts.SymbolFlags;
  const symbol = checker.resolveName(local, file.endOfFileToken, Value | Type | Namespace | Alias, true);
  return symbol?.declarations?.find((node) => node.getSourceFile() === file && node.pos < codeEnd);
}

const nameOf = (node: TS.Declaration): TS.Node => ts.getNameOfDeclaration(node) ?? node;

/** An imported type is an import, and a constant that is a function a function. */
function kindOf(node: TS.Declaration, kind: NameKind): Declaration["kind"] {
  if (isImport(node)) return "import";
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
  return isFunction ? "function" : kinds[kind];
}

const isImport = (node: TS.Declaration): boolean =>
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node);

const kinds: Readonly<Record<NameKind, Declaration["kind"]>> = {
  variable: "variable",
  constant: "variable",
  function: "function",
  class: "class",
  enum: "type",
  namespace: "variable",
  import: "import",
  type: "type",
};

const spanOf = (node: TS.Node): Span => ({ from: node.getStart(), to: node.end });
