// How good predictions are: accuracy, and which class is taken for which.
import { zeros } from "../nd/creation.js";
import type { NdArray } from "../nd/nd-array.js";

/**
 * Share of predictions that are right.
 *
 * @param golds n class indices
 * @param predictions n class indices
 * @returns a number in [0, 1]
 */
export function accuracy(golds: ArrayLike<number>, predictions: ArrayLike<number>): number {
  expectPairs("accuracy", golds, predictions);
  let right = 0;
  for (let i = 0; i < golds.length; i++) if (golds[i] === predictions[i]) right++;
  return right / golds.length;
}

/**
 * Confusion matrix: element (i, j) counts the examples of class i that were taken for j. The diagonal is what was right.
 *
 * @param golds n class indices in [0, classes)
 * @param predictions n class indices in [0, classes)
 * @returns `[classes, classes]`, rows are the true classes
 */
export function confusionMatrix(golds: ArrayLike<number>, predictions: ArrayLike<number>, classes: number): NdArray {
  expectPairs("confusionMatrix", golds, predictions);
  const matrix = zeros([classes, classes]);
  for (let i = 0; i < golds.length; i++) {
    const cell = [golds[i]!, predictions[i]!];
    for (const label of cell) expectClass("confusionMatrix", label, classes);
    matrix.set(cell, matrix.at(...cell) + 1);
  }
  return matrix;
}

function expectClass(where: string, label: number, classes: number): void {
  if (Number.isInteger(label) && label >= 0 && label < classes) return;
  throw new RangeError(`${where}: expected classes between 0 and ${classes - 1}, received ${label}`);
}

function expectPairs(where: string, golds: ArrayLike<number>, predictions: ArrayLike<number>): void {
  if (golds.length === 0) throw new RangeError(`${where}: no example to judge`);
  if (golds.length !== predictions.length) {
    throw new RangeError(`${where}: ${golds.length} labels but ${predictions.length} predictions`);
  }
}
