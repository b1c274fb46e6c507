// Who comes from Python writes `W * x` of arrays. TypeScript says that it cannot; what to write instead is said here.
import type TS from "typescript";
import { ts } from "./typescript.js";

export const operatorAdvice = "Operators are for numbers: an object has methods instead, as in a.mul(b).";

/** The left-hand side must be a number, the right-hand side must, an operator cannot be applied to these types. */
const refusedOperators = new Set([2362, 2363, 2365]);

export function isOperatorOnObject({ code, file, start = 0, length = 0 }: TS.Diagnostic, program: TS.Program): boolean {
  if (!refusedOperators.has(code) || file === undefined) return false;
  const node = nodeAt(file, start, start + length);
  if (node === undefined) return false;
  const operands = ts.isBinaryExpression(node) ? [node.left, node.right] : [node];
  const checker = program.getTypeChecker();
  return operands.some((operand) => (checker.getTypeAtLocation(operand).flags & ts.TypeFlags.Object) !== 0);
}

/** The innermost node that is this very stretch of the text. */
function nodeAt(file: TS.SourceFile, start: number, end: number): TS.Node | undefined {
  const find = (node: TS.Node): TS.Node | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    return ts.forEachChild(node, find) ?? (node.getStart(file) === start && node.end === end ? node : undefined);
  };
  return ts.forEachChild(file, find);
}
