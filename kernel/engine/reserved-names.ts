// Lets code call something of its own `exports` or `require`, which compiled modules need for themselves.
import ts from "typescript";
import { declaredNames } from "./cell-source.js";

export const freeReservedNames: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
  const taken = new Set(declaredNames(file).flatMap(({ local }) => (reserved.includes(local) ? [local] : [])));
  if (taken.size === 0) return file;
  const { factory } = context;
  const renamed = (node: ts.Identifier): ts.Identifier => factory.createIdentifier(`${node.text}_`);
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isIdentifier(node) && taken.has(node.text)) return isKey(node) ? node : renamed(node);
    const seen = ts.visitEachChild(node, visit, context);
    if (ts.isShorthandPropertyAssignment(node) && taken.has(node.name.text))
      return factory.createPropertyAssignment(node.name.text, withDefault(renamed(node.name), node, factory));
    if (ts.isBindingElement(node) && isShort(node) && taken.has(node.name.text))
      return factory.createBindingElement(undefined, node.name.text, renamed(node.name), node.initializer);
    return seen;
  };
  return ts.visitEachChild(file, visit, context);
};

const reserved = ["exports", "require"];

/** `{ exports = 1 } = value`. */
function withDefault(
  name: ts.Identifier,
  node: ts.ShorthandPropertyAssignment,
  factory: ts.NodeFactory,
): ts.Expression {
  const { objectAssignmentInitializer: value } = node;
  return value === undefined ? name : factory.createAssignment(name, value);
}

const isShort = (node: ts.BindingElement): node is ts.BindingElement & { readonly name: ts.Identifier } =>
  node.propertyName === undefined && ts.isIdentifier(node.name) && ts.isObjectBindingPattern(node.parent);

/** The name of a member, which means no variable. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.propertyName === node || isShort(parent);
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isClassElement(parent) || ts.isEnumMember(parent);
}
