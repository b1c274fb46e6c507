// Which top-level names each statement mentions and which it changes, told by TypeScript's own scopes.
import ts from "typescript";
import { loadedModule, type Statement } from "./statements.js";

export interface References {
  /** Names that are not declared inside the statement: of other statements, of imports, of the language. */
  readonly values: ReadonlySet<string>;
  /** Mentioned in types only: nothing of them runs. */
  readonly types: ReadonlySet<string>;
  /** Names of other statements that this one assigns to or calls a method of. */
  readonly changes: ReadonlySet<string>;
  /** Modules loaded by `import("x")` and `require("x")`. */
  readonly modules: ReadonlySet<string>;
}

/** Tells what a statement refers to; looked at when asked, since most of a notebook is never needed. */
export function findReferences(statements: readonly Statement[]): (statement: Statement) => References {
  const { file, checker } = bind(statements.map(({ text }) => text));
  const groups = statements.map((): ts.Statement[] => []);
  const starts = startsOf(statements);
  let current = 0;
  for (const node of file.statements) {
    while (current + 1 < starts.length && starts[current + 1]! <= node.getStart(file)) current++;
    groups[current]?.push(node);
  }
  const nodesOf = new Map(statements.map((statement, i) => [statement, groups[i]!]));
  const known = new Map<Statement, References>();
  return (statement) => {
    const references = known.get(statement) ?? referencesOf(nodesOf.get(statement)!, file, checker);
    known.set(statement, references);
    return references;
  };
}

function startsOf(statements: readonly Statement[]): number[] {
  let position = 0;
  return statements.map(({ text }) => {
    const start = position;
    position += text.length + 1;
    return start;
  });
}

/** All statements in one file, bound but never type-checked: no library, no other file. */
function bind(texts: readonly string[]): { file: ts.SourceFile; checker: ts.TypeChecker } {
  const name = "all.ts";
  const file = ts.createSourceFile(name, [...texts, "export {};"].join("\n"), ts.ScriptTarget.ES2022, true);
  const host: ts.CompilerHost = {
    getSourceFile: (asked) => (asked === name ? file : undefined),
    fileExists: (asked) => asked === name,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 };
  return { file, checker: ts.createProgram([name], options, host).getTypeChecker() };
}

function referencesOf(nodes: readonly ts.Statement[], file: ts.SourceFile, checker: ts.TypeChecker): References {
  const found = { values: new Set<string>(), types: new Set<string>(), changes: new Set<string>() };
  const modules = new Set<string>();
  const visit = (node: ts.Node, inType: boolean): void => {
    if (ts.isIdentifier(node) && isReference(node) && isOutside(node, file, checker)) {
      (inType ? found.types : found.values).add(node.text);
    }
    if (ts.isCallExpression(node)) modules.add(loadedModule(node) ?? "");
    const changed = changedBy(node);
    if (changed !== undefined && isOutside(changed, file, checker)) found.changes.add(changed.text);
    const typesBelow = inType || isTypePart(node);
    ts.forEachChild(node, (child) => visit(child, typesBelow));
  };
  for (const node of nodes) visit(node, false);
  modules.delete("");
  return { ...found, modules };
}

function isTypePart(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  // `class A extends B`: the parser calls `B` a type, but it is a value.
  if (ts.isExpressionWithTypeArguments(node)) {
    return !ts.isHeritageClause(node.parent) || node.parent.token === ts.SyntaxKind.ImplementsKeyword;
  }
  return ts.isTypeNode(node);
}

/** False for the names of members, labels and the declarations themselves. */
function isReference(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isQualifiedName(parent)) return parent.left === name;
  if (ts.isBindingElement(parent)) return parent.initializer === name;
  if (ts.isLabeledStatement(parent)) return false;
  if (ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent)) return false;
  return !("name" in parent && parent.name === name);
}

function isOutside(name: ts.Identifier, file: ts.SourceFile, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  const declarations = symbol?.declarations ?? [];
  return declarations.length === 0 || declarations.some((declaration) => isTopLevel(declaration, file));
}

function isTopLevel(declaration: ts.Node, file: ts.SourceFile): boolean {
  let node = declaration;
  while (
    ts.isBindingElement(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isArrayBindingPattern(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isVariableDeclarationList(node)
  ) {
    node = node.parent;
  }
  return node.parent === file;
}

/** `x` in `x = …`, `x[i] += …`, `x.y++`, and in the statement `x.push(…);`. */
function changedBy(node: ts.Node): ts.Identifier | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return rootOf(node.left);
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const isStep = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return isStep ? rootOf(node.operand) : undefined;
  }
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return undefined;
  const called = node.expression.expression;
  return ts.isPropertyAccessExpression(called) ? rootOf(called) : undefined;
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

function rootOf(expression: ts.Expression): ts.Identifier | undefined {
  let node = expression;
  while (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node)
  ) {
    node = node.expression;
  }
  return ts.isIdentifier(node) ? node : undefined;
}
