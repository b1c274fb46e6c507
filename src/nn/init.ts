// First values of the weights of a layer. Each function fills the array it is given IN PLACE and returns nothing.
import { describeValue } from "../nd/describe.js";
import { expectArray, type NdArray } from "../nd/nd-array.js";
import type { RandomGenerator } from "../nd/random.js";
import { formatShape, ShapeError } from "../nd/shape.js";

export interface InitOptions {
  /** The law the weights are drawn from, uniform unless said otherwise; both have the same variance. */
  readonly law?: "uniform" | "normal";
}

/** How a layer fills its weights `[out, in]`: by name, or by a function that fills them in place. */
export type Init = "zero" | "glorot" | "kaiming" | ((W: NdArray, random: RandomGenerator) => void);

/**
 * Every element becomes 0, IN PLACE: nothing is returned.
 *
 * @example
 * const b = ones([3]);
 * zeroInit(b);
 * b // [0. 0. 0.]
 *
 * @param W any shape, filled
 * @python zero_init
 */
export function zeroInit(W: NdArray): void {
  expectArray("zeroInit", W).fill_(0);
}

/**
 * Every element becomes `value`, IN PLACE: nothing is returned.
 *
 * @param W any shape, filled
 * @python constant_init
 */
export function constantInit(W: NdArray, value: number): void {
  expectArray("constantInit", W).fill_(value);
}

/**
 * Glorot's initialisation, IN PLACE: nothing is returned. Keeps the variance of activations and of gradients from layer to
 * layer where the activation is close to the identity around 0, as tanh is.
 *
 * Uniform in `[−a, a)` with `a = √(6 / (in + out))`, or normal with `σ = √(2 / (in + out))`.
 *
 * Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 *
 * @example
 * const W = zeros([2, 4]);
 * glorotInit(W, new RandomGenerator(1));
 * W.data.every((value) => Math.abs(value) <= 1) // true
 *
 * @param W weights `[out, in]`, filled
 * @param random where the numbers are drawn from
 * @throws ShapeError when W is no matrix
 * @python glorot_init
 */
export function glorotInit(W: NdArray, random: RandomGenerator, { law = "uniform" }: InitOptions = {}): void {
  const [dimOut, dimIn] = matrixShape("glorotInit", W);
  fill("glorotInit", W, random, law, dimIn + dimOut);
}

/**
 * Kaiming's initialisation, IN PLACE: nothing is returned. Keeps the variance of activations from layer to layer under
 * relu, which cuts half of them.
 *
 * Uniform in `[−a, a)` with `a = √(6 / in)`, or normal with `σ = √(2 / in)`. `in` is the number of columns of W.
 *
 * Source: K. He et al., "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification", 2015.
 *
 * @param W weights `[out, in]`, filled
 * @param random where the numbers are drawn from
 * @throws ShapeError when W is no matrix
 * @python kaiming_init
 */
export function kaimingInit(W: NdArray, random: RandomGenerator, { law = "uniform" }: InitOptions = {}): void {
  const [, dimIn] = matrixShape("kaimingInit", W);
  fill("kaimingInit", W, random, law, dimIn);
}

/** Fills W as `init` says. */
export function initialise(W: NdArray, init: Init, random: RandomGenerator): void {
  if (typeof init === "function") expectInPlace(W, init(W, random));
  else if (init === "zero") zeroInit(W);
  else if (init === "glorot") glorotInit(W, random);
  else if (init === "kaiming") kaimingInit(W, random);
  else {
    throw new RangeError(
      `init must be "zero", "glorot", "kaiming" or a function (W, random) => void, received ${describeValue(init)}`,
    );
  }
}

/** Checks that a function of the caller returned no array of its own, which nobody would look at. */
function expectInPlace(W: NdArray, returned: unknown): void {
  if (returned === undefined || returned === W || returned === W.data) return;
  throw new TypeError(
    `init must fill W in place and return nothing, but returned ${describeValue(returned)}: write (W) => { W.copy_(…); }`,
  );
}

/** Draws W with the variance 2 / fan: a uniform law in [−a, a) has the variance a² / 3. */
function fill(where: string, W: NdArray, random: RandomGenerator, law: "uniform" | "normal", fan: number): void {
  const { shape, dtype } = W;
  const bound = Math.sqrt(6 / fan);
  if (law === "uniform") W.copy_(random.uniform(shape, { low: -bound, high: bound, dtype }));
  else if (law === "normal") W.copy_(random.normal(shape, { scale: Math.sqrt(2 / fan), dtype }));
  else throw new RangeError(`${where}: law must be "uniform" or "normal", received ${describeValue(law)}`);
}

function matrixShape(where: string, W: NdArray): [number, number] {
  const { shape, size } = expectArray(where, W);
  if (shape.length === 2 && size > 0) return [shape[0]!, shape[1]!];
  throw new ShapeError(
    `${where}: W must be a matrix [out, in], received ${formatShape(shape)}: fill a bias with zeroInit`,
  );
}
