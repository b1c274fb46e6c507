// What runs beside the student's code in an evaluation: `tp`, what TP2 asks for and gives, and `lib`, the library.
import type { array, Dataset, full, NdArray, RandomGenerator, zeros } from "retroprop";

export interface Scope {
  readonly tp: Tp2;
  readonly lib: {
    readonly array: typeof array;
    readonly full: typeof full;
    readonly RandomGenerator: typeof RandomGenerator;
    readonly zeros: typeof zeros;
  };
}

/** The given Tensor. What a student's code put in it is `unknown` where it is not checked. */
export interface GivenTensor {
  readonly data: NdArray;
  readonly requireGrad: boolean;
  readonly number: number;
  gradient: NdArray | undefined;
  operation: string | undefined;
  inputs: readonly GivenTensor[];
  rules: readonly ((g: NdArray) => NdArray)[];
  zeroGrad(): void;
}

export interface GivenParameter extends GivenTensor {
  readonly name: string;
}

export interface GivenModule {
  forward(x: GivenTensor): GivenTensor;
  parameters(): GivenParameter[];
}

interface Optimizer {
  zeroGrad(): unknown;
  step(): unknown;
}

/** Results are `unknown` or read with care: whatever was written. */
interface Tp2 {
  readonly Tensor: new (data: NdArray | number, options?: { readonly requireGrad?: boolean }) => GivenTensor;
  readonly Parameter: new (data: NdArray, name: string) => GivenParameter;
  /** Abstract for students; a test that extends it says what its forward does. */
  readonly Module: new () => { parameters(): GivenParameter[] };
  readonly SGD: new (parameters: readonly GivenParameter[], learningRate: number) => Optimizer;
  readonly LinearNetwork: new (dimInput: number, dimOutput: number) => GivenModule;
  readonly DeepNetwork: new (
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) => GivenModule;
  anyRequireGrad(...tensors: readonly GivenTensor[]): unknown;
  record(
    operation: string,
    data: NdArray,
    inputs: readonly GivenTensor[],
    rules: readonly ((g: NdArray) => NdArray)[],
  ): GivenTensor;
  relu(x: GivenTensor): GivenTensor;
  tanh(x: GivenTensor): GivenTensor;
  affine(W: GivenTensor, b: GivenTensor, x: GivenTensor): GivenTensor;
  nll(x: GivenTensor, gold: number): GivenTensor;
  accumulateGradient(tensor: GivenTensor, g: NdArray): unknown;
  backward(result: GivenTensor, g?: NdArray): unknown;
  zeroInit(W: NdArray): unknown;
  glorotInit(W: NdArray, random: RandomGenerator): unknown;
  kaimingInit(W: NdArray, random: RandomGenerator): unknown;
  evaluateNetwork(network: GivenModule, data: Dataset): unknown;
  trainingLoop(
    network: GivenModule,
    optimizer: Optimizer,
    trainData: Dataset,
    devData: Dataset,
    options: {
      readonly epochs: number;
      readonly random: RandomGenerator;
      readonly onEpoch?: (record: object) => void;
    },
  ): unknown;
}
