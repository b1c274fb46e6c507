// Which top-level names each statement mentions and which it changes, told by TypeScript's own scopes.
import { createHash } from "node:crypto";
import ts from "typescript";
import { loadedModule, parse, type Statement } from "./statements.js";

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
  const known = new Map<Statement, References>();
  let checker: ts.TypeChecker | undefined;
  const look = ({ text, node }: Statement): References => {
    const key = keyOf(text);
    const found = remembered.get(key);
    if (found !== undefined) return found.references;
    checker ??= checkerOf(new Set(statements.map((one) => one.node.getSourceFile())));
    const references = referencesOf(node, checker);
    remember(key, { references, length: text.length });
    return references;
  };
  return (statement) => {
    const references = known.get(statement) ?? look(statement);
    known.set(statement, references);
    return references;
  };
}

interface Remembered {
  readonly references: References;
  /** Of the statement. */
  readonly length: number;
}

/**
 * Nothing but its text says what a statement refers to: a class has the code that is given, and much more, in common. By a
 * digest: part of a text would keep the whole of it in memory.
 */
const remembered = new Map<string, Remembered>();
const mostRemembered = 2 ** 21;
let rememberedLength = 0;

const keyOf = (text: string): string => createHash("sha256").update(text).digest("base64");

/** In the place of the oldest, once there are too many. */
function remember(key: string, one: Remembered): void {
  remembered.set(key, one);
  rememberedLength += one.length;
  for (const [oldest, { length }] of remembered) {
    if (rememberedLength <= mostRemembered) break;
    remembered.delete(oldest);
    rememberedLength -= length;
  }
}

export function forgetReferences(): void {
  remembered.clear();
  rememberedLength = 0;
}

/** Of modules whose names are bound but whose types are never checked: no library, no other file. */
function checkerOf(modules: ReadonlySet<ts.SourceFile>): ts.TypeChecker {
  const files = new Map([...modules].map((file, i) => [`${i}.ts`, file]));
  const host: ts.CompilerHost = {
    getSourceFile: (name) => files.get(name),
    fileExists: (name) => files.has(name),
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 };
  return ts.createProgram([...files.keys()], options, host).getTypeChecker();
}

function referencesOf(statement: ts.Node, checker: ts.TypeChecker): References {
  const found = { values: new Set<string>(), types: new Set<string>(), changes: new Set<string>() };
  const modules = new Set<string>();
  const visit = (node: ts.Node, inType: boolean): void => {
    if (ts.isIdentifier(node) && isReference(node) && isOutside(node, statement, checker)) {
      (inType ? found.types : found.values).add(node.text);
    }
    if (ts.isCallExpression(node)) modules.add(loadedModule(node) ?? "");
    for (const changed of changedBy(node)) {
      if (isOutside(changed, statement, checker)) found.changes.add(changed.text);
    }
    const typesBelow = inType || isTypePart(node);
    ts.forEachChild(node, (child) => visit(child, typesBelow));
  };
  visit(statement, false);
  modules.delete("");
  return { ...found, modules };
}

/** Rewrites any of `texts` so that it declares and mentions what is seen outside of it under other names, on the same lines. */
export function renameIn(texts: ReadonlySet<string>): (text: string, names: ReadonlyMap<string, string>) => string {
  const files = new Map([...texts].map((text) => [text, parse(text)]));
  const checker = checkerOf(new Set(files.values()));
  return (text, names) => {
    const file = files.get(text)!;
    const found: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && names.has(node.text)) {
        if (isDeclaredHere(node) || (isReference(node) && isOutside(node, file, checker))) found.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found.reduceRight((edited, node) => {
      const name = names.get(node.text) ?? node.text;
      const written = isShorthand(node) ? `${node.text}: ${name}` : name;
      return edited.slice(0, node.getStart()) + written + edited.slice(node.end);
    }, text);
  };
}

/** Whether it is the name of what the text declares. */
function isDeclaredHere(name: ts.Identifier): boolean {
  const { parent } = name;
  const isDeclaration =
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isEnumDeclaration(parent) ||
    ts.isModuleDeclaration(parent);
  return isDeclaration && parent.name === name && isTopLevel(parent);
}

/** `{ exp }`, where an object is made or taken apart. */
function isShorthand({ parent }: ts.Identifier): boolean {
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined
  );
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

/** Of what is declared inside of the statement, only its own names are seen from outside. */
function isOutside(name: ts.Identifier, statement: ts.Node, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  const inside = symbol?.declarations?.filter((one) => isWithin(one, statement) && !isAddition(one)) ?? [];
  return inside.length === 0 || inside.some(isTopLevel);
}

/** `f.by = 3` adds to a function, and is for TypeScript a declaration of it. */
const isAddition = (declaration: ts.Node): boolean =>
  ts.isIdentifier(declaration) || ts.isPropertyAccessExpression(declaration);

const isWithin = (declaration: ts.Node, statement: ts.Node): boolean =>
  declaration.pos >= statement.pos &&
  declaration.end <= statement.end &&
  declaration.getSourceFile() === statement.getSourceFile();

function isTopLevel(declaration: ts.Node): boolean {
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
  return node.parent === declaration.getSourceFile();
}

/** `x` in `x = …`, `x[i] += …`, `[x] = …`, `x.y++`, `delete x.y`, `for (x of …)`, and where a call is made for what it does. */
function changedBy(node: ts.Node): ts.Identifier[] {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return targetsOf(node.left);
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const isStep = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return isStep ? rootOf(node.operand) : [];
  }
  if (ts.isDeleteExpression(node)) return rootOf(node.expression);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    return ts.isVariableDeclarationList(node.initializer) ? [] : targetsOf(node.initializer);
  }
  return ts.isCallExpression(node) && isForItsEffect(node) ? changedByCall(node) : [];
}

/** `x` in `x.push(…)` and `x.set(…).set(…)`; in `Object.assign(x, …)`. */
function changedByCall({ expression, arguments: [first] }: ts.CallExpression): ts.Identifier[] {
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const isOfObject = ts.isIdentifier(expression.expression) && /^(?:Object|Reflect)$/.test(expression.expression.text);
  return isOfObject && first !== undefined ? rootOf(first) : rootOf(expression);
}

/** A statement, or what becomes of one: nobody looks at its value. */
function isForItsEffect(call: ts.Node): boolean {
  const { parent } = call;
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === call;
  const isChoice =
    ts.isBinaryExpression(parent) && parent.right === call && /^(?:&&|\|\||\?\?)$/.test(operatorOf(parent));
  const isPassedOn = isChoice || ts.isVoidExpression(parent) || ts.isAwaitExpression(parent);
  return (isPassedOn || ts.isParenthesizedExpression(parent)) && isForItsEffect(parent);
}

const operatorOf = ({ operatorToken }: ts.BinaryExpression): string => operatorToken.getText();

/** What is assigned to: several where a list or an object is taken apart. */
function targetsOf(left: ts.Expression): ts.Identifier[] {
  if (ts.isParenthesizedExpression(left)) return targetsOf(left.expression);
  if (ts.isArrayLiteralExpression(left)) return left.elements.flatMap(targetsOf);
  if (!ts.isObjectLiteralExpression(left)) return rootOf(left);
  return left.properties.flatMap((property) => {
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    return ts.isPropertyAssignment(property) ? targetsOf(property.initializer) : [];
  });
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

function rootOf(expression: ts.Expression): ts.Identifier[] {
  let node = expression;
  while (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
  ) {
    node = node.expression;
  }
  return ts.isIdentifier(node) ? [node] : [];
}
