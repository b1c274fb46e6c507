// What a DeepNetwork computes, in double precision, whichever of its layers holds which of the parameters of one shape.
import { map, type NdArray } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { field, part } from "../../../judge/explain.js";
import type { Value } from "../../../judge/student.js";
import type { Passing } from "../visible/run-deep-network.js";

type Activation = (score: number) => number;

export const identity: Activation = (score) => score;
export const relu: Activation = (score) => Math.max(score, 0);
export const tanh: Activation = Math.tanh;

export interface Network {
  readonly activation: Activation;
  /** Of the scores of the last layer. */
  readonly last?: (scores: readonly number[]) => readonly number[];
  readonly withBias?: boolean;
}

export function softmax(scores: readonly number[]): readonly number[] {
  const highest = Math.max(...scores);
  const e = scores.map((score) => Math.exp(score - highest));
  const total = e.reduce((sum, one) => sum + one, 0);
  return e.map((one) => one / total);
}

/** The network at `index` gave the outputs of `network`, for one way of sharing the parameters out among the layers. */
export function computes(received: Value, index: number, passing: Passing, network: Network): boolean {
  const { nLayers } = passing.networks[index]!;
  const outputs = field(part(received, index), "outputs");
  return layersOf(passing, nLayers).some((layers) =>
    passing.xs.every((x, i) => isClose(part(outputs, i), forward(layers, x, network), tolerance)),
  );
}

const tolerance = { relative: 1e-4, absolute: 1e-4 };

interface Layer {
  readonly W: NdArray;
  readonly b: NdArray;
}

/**
 * Parameters are told apart by their shapes alone: those of one shape belong to the layers of that shape in their order,
 * or in the reverse of it, the biases as the weights.
 */
function layersOf({ dimInput, dimOutput, width, values }: Passing, nLayers: number): readonly (readonly Layer[])[] {
  const last = { W: values[`${dimOutput},${width}`]![0]!, b: values[`${dimOutput}`]![0]! };
  // A first layer as wide as the example is one of the square ones.
  const first = dimInput === width ? [] : [values[`${width},${dimInput}`]![0]!];
  const square = values[`${width},${width}`]!.slice(0, nLayers - first.length);
  const biases = values[`${width}`]!.slice(0, nLayers);
  const inOrder = biases.map((b, i) => ({ W: [...first, ...square][i]!, b }));
  const inReverse = biases.toReversed().map((b, i) => ({ W: [...first, ...square.toReversed()][i]!, b }));
  return [inOrder, inReverse].map((layers) => [...layers, last]);
}

/** How fast <g, output> grows when all parameters do at once: an output is right for one of the ways of sharing them out. */
export function slopesOf(index: number, passing: Passing, { activation }: Network): readonly number[] {
  const x = passing.xs.at(-1)!.astype("float64");
  const g = Array.from(passing.g!.data);
  return layersOf(passing, passing.networks[index]!.nLayers).map((layers) => {
    const growing = { h: x, slope: x.mul(0) };
    for (const [i, { W, b }] of layers.entries()) {
      const weights = W.astype("float64");
      const scores = weights.matmul(growing.h).add(b.astype("float64"));
      const slope = weights.matmul(growing.slope).add(scores);
      const isLast = i === layers.length - 1;
      growing.h = isLast ? scores : map(scores, activation);
      growing.slope = isLast ? slope : slope.mul(map(scores, slopeOf(activation)));
    }
    return Array.from(growing.slope.data).reduce((total, value, k) => total + value * g[k]!, 0);
  });
}

const slopeOf =
  (activation: Activation): Activation =>
  (score) =>
    (activation(score + 1e-6) - activation(score - 1e-6)) / 2e-6;

function forward(layers: readonly Layer[], x: NdArray, { activation, last, withBias = true }: Network): number[] {
  let h = x.astype("float64");
  for (const [i, { W, b }] of layers.entries()) {
    const scores = W.astype("float64")
      .matmul(h)
      .add(b.astype("float64").mul(withBias ? 1 : 0));
    h = i < layers.length - 1 ? map(scores, activation) : scores;
  }
  const scores = Array.from(h.data);
  return [...(last?.(scores) ?? scores)];
}
