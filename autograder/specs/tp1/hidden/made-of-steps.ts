// What any descent on the examples leaves in W, whatever its order, its step, its number of epochs: each row is a sum of
// inputs, and the rows add up to zero, since the gradient of a loss with respect to the scores does. A history proves
// nothing of a training whose W is not made so.
import type { Dataset } from "retroprop";
import type { Parameters } from "./linear-paths.js";

type Vector = readonly number[];

/** Single precision over a whole run errs by less than a millionth of the largest weight. */
const tolerance = 1e-4;

/** The data has fewer examples than features: of other matrices hardly any is made so. */
export const isMadeOfSteps = ({ W }: Pick<Parameters, "W">, data: Dataset): boolean =>
  areSums(rowsOf(W, data.classNames.length), rowsOf(data.inputs.data, data.inputs.shape[0]!));

/** How many of the examples W cannot be made without: nobody has trained on one of them alone. */
export function countUsed({ W }: Pick<Parameters, "W">, { inputs, classNames }: Dataset): number {
  const rows = rowsOf(W, classNames.length);
  const examples = rowsOf(inputs.data, inputs.shape[0]!);
  return examples.filter((_, left) => !areSums(rows, examples.toSpliced(left, 1))).length;
}

/** The bias is a weight of an input that is always 1: W and b of two moments of a run are not made so. */
export function areMadeTogether({ W, b }: Parameters, { inputs, classNames }: Dataset): boolean {
  const rows = rowsOf(W, classNames.length).map((row, k) => [...row, b[k]!]);
  return areSums(
    rows,
    rowsOf(inputs.data, inputs.shape[0]!).map((x) => [...x, 1]),
  );
}

function rowsOf(values: ArrayLike<number>, count: number): Vector[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, j) => values[i * size + j]!));
}

function areSums(rows: readonly Vector[], inputs: readonly Vector[]): boolean {
  const basis = orthonormal(inputs);
  const outside = [...rows.map((row) => without(row, basis)), sumOf(rows)];
  return largest(outside) <= tolerance * largest(rows);
}

/** An orthonormal basis of what the vectors span, by Gram and Schmidt. */
function orthonormal(vectors: readonly Vector[]): Vector[] {
  const basis: Vector[] = [];
  for (const vector of vectors) {
    const rest = without(vector, basis);
    const norm = Math.sqrt(dot(rest, rest));
    if (norm > tolerance) basis.push(rest.map((value) => value / norm));
  }
  return basis;
}

/** What is left of a vector once its part along each of the basis is taken away. */
const without = (vector: Vector, basis: readonly Vector[]): Vector =>
  basis.reduce((rest, unit) => {
    const along = dot(rest, unit);
    return rest.map((value, j) => value - along * unit[j]!);
  }, vector);

const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
const sumOf = (rows: readonly Vector[]): Vector => rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0));
const largest = (rows: readonly Vector[]): number => Math.max(...rows.flat().map(Math.abs));
