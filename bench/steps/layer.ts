// One affine layer that learns by least squares, an example at a time, in plain TypeScript: results go to whichever memory.
import type { LayerStart } from "../competitors/task.js";

/** Learns one example and returns its loss, `½ Σ (y − target)²`. */
export type Learn = (x: Float32Array, target: Float32Array) => number;

/** Room for a result: from `start` on among these numbers. */
export interface Room {
  readonly floats: Float32Array;
  readonly start: number;
}

/** Where results go. */
export interface ResultMemory {
  take(n: number): Room;
  /** Everything that was taken will not be looked at any more. */
  giveBack(): void;
}

/** A new array for each result, left to the garbage collector. */
export const newArrays: ResultMemory = { take: (n) => ({ floats: new Float32Array(n), start: 0 }), giveBack() {} };

/** What outputs should be: one in ten stands for each digit. */
export const targetOf = (label: number, out: number): Float32Array =>
  Float32Array.from({ length: out }, (_, o) => (o % 10 === label ? 1 : 0));

/** `y = W x + b`, `g = y − target`, `G = g xᵀ`, then `W −= rate G` and `b −= rate g`: each result in room of its own. */
export function layerIn(memory: ResultMemory, start: LayerStart, rate: number): Learn {
  const { out } = start;
  const [W, b] = [start.W.slice(), start.b.slice()];
  return (x, target) => {
    const y = affine(memory.take(out), W, b, x);
    const g = difference(memory.take(out), y, target);
    const G = outer(memory.take(W.length), g, out, x);
    descend(W, G, rate);
    descend(b, g, rate);
    const loss = halfSquares(g, out);
    memory.giveBack();
    return loss;
  };
}

/** `½ Σ g²` over n numbers. */
export function halfSquares({ floats, start }: Room, n: number): number {
  let sum = 0;
  for (let i = start; i < start + n; i++) sum += floats[i]! * floats[i]!;
  return sum / 2;
}

function affine(y: Room, W: Float32Array, b: Float32Array, x: Float32Array): Room {
  const { floats, start } = y;
  for (let o = 0; o < b.length; o++) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += W[o * x.length + i]! * x[i]!;
    floats[start + o] = sum + b[o]!;
  }
  return y;
}

function difference(g: Room, y: Room, target: Float32Array): Room {
  for (let o = 0; o < target.length; o++) g.floats[g.start + o] = y.floats[y.start + o]! - target[o]!;
  return g;
}

function outer(G: Room, g: Room, out: number, x: Float32Array): Room {
  const { floats, start } = G;
  for (let o = 0; o < out; o++) {
    const factor = g.floats[g.start + o]!;
    const row = start + o * x.length;
    for (let i = 0; i < x.length; i++) floats[row + i] = factor * x[i]!;
  }
  return G;
}

function descend(W: Float32Array, { floats, start }: Room, rate: number): void {
  for (let i = 0; i < W.length; i++) W[i]! -= rate * floats[start + i]!;
}
