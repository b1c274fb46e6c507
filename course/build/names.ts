// The names in a piece of TypeScript: those it declares, those it takes from around it.
import ts from "typescript";

export interface Names {
  /** At any depth. */
  readonly declared: ReadonlySet<string>;
  /** Every identifier that is not the name of a member. */
  readonly used: readonly ts.Identifier[];
}

export function namesIn(code: string): Names {
  const declared = new Set<string>();
  const used: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (declaresName(node) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    if (ts.isIdentifier(node) && !isMemberName(node)) used.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("block.ts", code, ts.ScriptTarget.Latest, true));
  return { declared, used };
}

const declaresName = (node: ts.Node): node is ts.Node & { name?: ts.Node } =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isImportSpecifier(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node);

const isMemberName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)) && node.parent.name === node;
