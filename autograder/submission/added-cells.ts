// Which exercises a code cell that a student added is for: what it answers anew, told by the checks around it.
import ts from "typescript";
import type { MarkedCell } from "./mark-cell.js";
import { treeOf } from "./statements.js";
import type { ExpectedExercise } from "./submission.js";

/**
 * A code cell added between an exercise and its check holds a next attempt, the one that was checked. Where a tool dropped
 * the course's marks, nothing says which cells were added.
 */
export function ofExerciseAbove(cells: readonly MarkedCell[]): readonly MarkedCell[] {
  if (cells.every(({ course }) => Object.keys(course).length === 0)) return cells;
  let above: readonly string[] = [];
  return cells.map((cell) => {
    if (cell.course["kind"] === "check" || checkedIn(cell).length > 0) above = [];
    else if (!cell.isAdded) above = cell.exercises;
    return cell.isAdded && cell.isCode && above.length > 0 ? { ...cell, exercises: above } : cell;
  });
}

/**
 * What is written anew in a cell added below, and checked there: as in the notebook, it is the answer from then on. What is
 * not checked may be a comparison.
 */
export function ofCheckBelow(cells: readonly MarkedCell[], expected: readonly ExpectedExercise[]) {
  let checked: readonly string[] = [];
  const fromTheEnd = cells.toReversed().map((cell): MarkedCell => {
    const inCell = checkedIn(cell);
    checked = inCell.length > 0 || cell.isAdded ? [...checked, ...inCell] : [];
    if (!cell.isAdded || !cell.isCode || cell.exercises.length > 0) return cell;
    const anew = expected.filter(({ id, name }) => checked.includes(id) && declarationOf(name).test(cell.text));
    return anew.length > 0 ? { ...cell, exercises: anew.map(({ id }) => id) } : cell;
  });
  return fromTheEnd.toReversed();
}

export const declarationOf = (name: string): RegExp => new RegExp(`\\b(?:function|class|const|let|var)\\s+${name}\\b`);

/** What a cell of code checks: `check("tp1.nll", …)`, wherever that stands in it. */
function checkedIn({ isCode, text }: MarkedCell): readonly string[] {
  if (!isCode || !/\bcheck\s*\(/.test(text)) return [];
  const checked: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "check") {
      const [id] = node.arguments;
      if (id !== undefined && ts.isStringLiteralLike(id)) checked.push(id.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(treeOf(text));
  return checked;
}
