// Lets code call something of its own `exports` or `require`, which compiled modules need for themselves.
import type TS from "typescript";
import { declaredNames } from "./cell-source.js";
import { ts } from "./typescript.js";

export const reservedNames: readonly string[] = ["exports", "require"];

/** They get another name where the code declares them. */
export const freeReservedNames: TS.TransformerFactory<TS.SourceFile> = (context) => (file) => {
  const taken = new Set(declaredNames(file).flatMap(({ local }) => (reservedNames.includes(local) ? [local] : [])));
  if (taken.size === 0) return file;
  const { factory } = context;
  const renamed = (node: TS.Identifier): TS.Identifier => factory.createIdentifier(`${node.text}_`);
  const visit = (node: TS.Node): TS.Node => {
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

/** `{ exports = 1 } = value`. */
function withDefault(
  name: TS.Identifier,
  node: TS.ShorthandPropertyAssignment,
  factory: TS.NodeFactory,
): TS.Expression {
  const { objectAssignmentInitializer: value } = node;
  return value === undefined ? name : factory.createAssignment(name, value);
}

const isShort = (node: TS.BindingElement): node is TS.BindingElement & { readonly name: TS.Identifier } =>
  node.propertyName === undefined && ts.isIdentifier(node.name) && ts.isObjectBindingPattern(node.parent);

/** The name of a member, which means no variable. */
function isKey(node: TS.Identifier): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.propertyName === node || isShort(parent);
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return (ts.isClassElement(parent) || ts.isEnumMember(parent)) && parent.name === node;
}
