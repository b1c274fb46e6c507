// Refuses enums whose texts grow: compilers compute them and copy them to where they are used, so that a few lines fill a memory.
import ts from "typescript";
import { IntakeError } from "./intake-error.js";
import { longEnum } from "./messages.fr.js";

/** Nobody needs a longer one. */
const longestText = 1_000;

/** @throws IntakeError when the text of a member would be longer */
export function expectShortEnums(file: ts.SourceFile): void {
  if (!/\benum\b/.test(file.text)) return;
  const lengths = new Map<string, number>();
  const note = (name: ts.Node, value: ts.Expression | undefined): number => {
    const length = value === undefined ? 0 : lengthOf(value, lengths);
    const key = ts.isStringLiteralLike(name) || ts.isIdentifier(name) ? name.text : name.getText(file);
    lengths.set(key, Math.max(length, lengths.get(key) ?? 0));
    return length;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) note(node.name, node.initializer);
    if (ts.isEnumMember(node) && note(node.name, node.initializer) > longestText)
      throw new IntakeError(longEnum(longestText));
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** Of the text that an expression gives at most, as far as a compiler computes it. */
function lengthOf(value: ts.Expression, known: ReadonlyMap<string, number>): number {
  if (ts.isStringLiteralLike(value)) return value.text.length;
  if (ts.isIdentifier(value)) return known.get(value.text) ?? 0;
  if (ts.isPropertyAccessExpression(value)) return known.get(value.name.text) ?? 0;
  if (ts.isElementAccessExpression(value)) {
    const key = value.argumentExpression;
    return ts.isStringLiteralLike(key) ? (known.get(key.text) ?? 0) : 0;
  }
  if (ts.isTemplateExpression(value)) {
    const parts = value.templateSpans.map((span) => span.literal.text.length + lengthOf(span.expression, known));
    return parts.reduce((sum, length) => sum + length, value.head.text.length);
  }
  if (ts.isBinaryExpression(value)) return lengthOf(value.left, known) + lengthOf(value.right, known);
  if (ts.isParenthesizedExpression(value) || ts.isAsExpression(value) || ts.isSatisfiesExpression(value))
    return lengthOf(value.expression, known);
  return 0;
}
