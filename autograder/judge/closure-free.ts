// The text of a function that runs elsewhere: checked to use nothing but its parameters, what it declares and globals.
import ts from "typescript";

/** @throws TypeError naming what `body` takes from around it, a mistake of the spec's author */
export function textOfClosureFree(body: (...args: never[]) => unknown): string {
  const text = body.toString();
  if (checked.has(text)) return text;
  const free = freeIdentifiers(text);
  if (free.length > 0) {
    throw new TypeError(
      `internal: evaluate: expected a body that uses only its parameters, received one that uses ${free.join(", ")}: pass it with the inputs`,
    );
  }
  checked.add(text);
  return text;
}

const checked = new Set<string>();

/** What the language itself offers, the same in every process. */
const globals = new Set([
  ...["undefined", "NaN", "Infinity", "Math", "Number", "String", "Boolean", "Object", "Array", "Map", "Set", "JSON"],
  ...["Promise", "Symbol", "BigInt", "Error", "TypeError", "RangeError", "isNaN", "isFinite", "parseFloat", "parseInt"],
  ...["Float32Array", "Float64Array", "Int8Array", "Uint8Array", "Int16Array", "Uint16Array", "Int32Array"],
  ...["Uint32Array", "setTimeout", "queueMicrotask", "structuredClone", "arguments"],
]);

/**
 * Scopes are not told apart: a name declared anywhere in the function counts as declared. What escapes that throws a
 * ReferenceError when it runs.
 */
function freeIdentifiers(text: string): string[] {
  const source = ts.createSourceFile("body.js", `(${text})`, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) (isDeclaration(node) ? declared : isReference(node) ? used : undefined)?.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...used].filter((name) => !declared.has(name) && !globals.has(name));
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return parent.name === node;
  }
  const isNamed = ts.isFunctionDeclaration(parent) || ts.isFunctionExpression(parent) || ts.isClassLike(parent);
  return isNamed && parent.name === node;
}

/** Not the name of a property, a method or a label. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isMethodDeclaration(parent) || ts.isAccessor(parent)) return false;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent);
}
