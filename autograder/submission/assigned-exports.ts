// CommonJS's way to declare and export at once, of those who come from there.
import ts from "typescript";

/** `exports.softmax = function …`. */
export function exportedByAssignment(node: ts.Statement): { name: string; value: ts.Expression } | undefined {
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return undefined;
  const { left, operatorToken, right } = node.expression;
  const isExport =
    operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(left) &&
    ["exports", "module.exports"].includes(left.expression.getText());
  return isExport && (ts.isFunctionLike(right) || ts.isClassLike(right)) && ts.isIdentifier(left.name)
    ? { name: left.name.text, value: right }
    : undefined;
}
