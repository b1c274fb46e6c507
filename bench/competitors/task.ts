// What a competitor is asked to do, and the data it starts from: the same files for all, so that all compute the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Task = TrainTask | ProductTask | ChainTask;

/** Steps of an optimiser on affine layers with an activation between them, and softmax with negative log-likelihood. */
export interface TrainTask {
  readonly kind: "train";
  /** Which examples: random numbers, or digits, four in five of whose pixels are 0. */
  readonly data: "dense" | "mnist";
  /** From the input on: `[784, 100, 10]` has one hidden layer. */
  readonly widths: readonly number[];
  readonly activation: "tanh" | "relu";
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  readonly batchSize: number;
  /** Given where the whole training is asked for, on all of MNIST; a competitor that is too slow for it trains a share. */
  readonly epochs?: number;
}

/** `A[m, k] · B[k, n]`. */
export interface ProductTask {
  readonly kind: "product";
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** x ← x · a + b, `length` times, on vectors of `size`, then their sum: forward and backward. */
export interface ChainTask {
  readonly kind: "chain";
  readonly length: number;
  readonly size: number;
}

/** One affine layer as it starts: `W [out, in]`, row by row, and `b [out]`. */
export interface LayerStart {
  readonly out: number;
  readonly in: number;
  readonly W: Float32Array;
  readonly b: Float32Array;
}

export interface TrainData {
  /** `[n, in]`, one example after the other. */
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly layers: readonly LayerStart[];
}

/** How many examples the files hold: a multiple of every batch size, and enough that what an epoch costs besides its steps is little. */
export const examples = 8192;

/** How many steps are compared between the competitors. */
export const comparedSteps = 10;

export const inputsFile = ({ data }: Pick<TrainTask, "data">): string => `${data}.inputs.f32`;
export const labelsFile = ({ data }: Pick<TrainTask, "data">): string => `${data}.labels.u8`;
/** W and b of the first layer, W and b of the second, and so on. */
export const weightsFile = ({ widths }: Pick<TrainTask, "widths">): string => `weights-${widths.join("-")}.f32`;

export function readTrainData(task: TrainTask, folder: string): TrainData {
  const weights = readFloats(join(folder, weightsFile(task)));
  let read = 0;
  const take = (n: number) => {
    read += n;
    return weights.subarray(read - n, read);
  };
  const layers = task.widths.slice(1).map((out, i) => {
    const width = task.widths[i]!;
    return { out, in: width, W: take(out * width), b: take(out) };
  });
  return {
    inputs: readFloats(join(folder, inputsFile(task))),
    labels: Uint8Array.from(readFileSync(join(folder, labelsFile(task)))),
    layers,
  };
}

function readFloats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
