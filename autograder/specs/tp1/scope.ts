// What runs beside the student's code in an evaluation: `tp`, the functions TP1 asks for, and `lib`, the library.
import type { Dataset, EpochRecord, NdArray, RandomGenerator } from "retroprop";

export interface Scope {
  readonly tp: Tp1;
  readonly lib: { readonly RandomGenerator: typeof RandomGenerator };
}

/** Results are `unknown`: whatever was written, it is read with care. */
interface Tp1 {
  affineTransform(W: NdArray, b: NdArray, x: NdArray): unknown;
  backwardAffineTransform(W: NdArray, b: NdArray, x: NdArray, g: NdArray): unknown;
  softmax(x: NdArray): unknown;
  nll(x: NdArray, gold: number): unknown;
  backwardNll(x: NdArray, gold: number, g: number): unknown;
  evaluate(W: NdArray, b: NdArray, data: Dataset): unknown;
  sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): unknown;
  trainLinear(trainData: Dataset, devData: Dataset, options: Options): unknown;
}

interface Options {
  readonly epochs: number;
  readonly learningRate: number;
  readonly random: RandomGenerator;
  readonly onEpoch?: (record: EpochRecord) => void;
}
