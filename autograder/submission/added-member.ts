// Methods that a student adds to what is not the student's: a class of the library, an object of the language.
import ts from "typescript";

/** `softmaxed` of `NdArray.prototype.softmaxed = function …`, `Math.cube = …`, `Object.defineProperty(Array.prototype, "last", …)`. */
export function addedMember(node: ts.Node): string | undefined {
  if (!ts.isExpressionStatement(node)) return undefined;
  const { expression } = node;
  const name = ts.isCallExpression(expression) ? definedBy(expression) : assignedBy(expression);
  return name !== undefined && /^\w+$/.test(name) ? name : undefined;
}

function assignedBy(expression: ts.Expression): string | undefined {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const { left, right } = expression;
  const isMethod = ts.isPropertyAccessExpression(left) && isOpen(left.expression) && ts.isFunctionLike(bare(right));
  return isMethod ? left.name.text : undefined;
}

function definedBy({ expression, arguments: [owner, name] }: ts.CallExpression): string | undefined {
  if (!/^(?:Object|Reflect)\.defineProperty$/.test(expression.getText()) || owner === undefined) return undefined;
  return isOpen(owner) && name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** What methods are added to. */
const isOpen = (owner: ts.Expression): boolean =>
  /(?:^\w+\.prototype|^Math|^globalThis|^Array|^Object)$/.test(textOf(owner));

const textOf = (node: ts.Expression): string => bare(node).getText();

/** Without brackets and what is of types. */
function bare(node: ts.Expression): ts.Expression {
  const isAround = ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node);
  return isAround ? bare(node.expression) : node;
}
