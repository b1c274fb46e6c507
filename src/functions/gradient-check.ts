// Is a backward the gradient of its forward? Central differences tell, in double precision.
import { describeValue } from "../nd/describe.js";
import { withDefaultDType } from "../nd/dtype.js";
import { dot } from "../nd/math.js";
import { NdArray } from "../nd/nd-array.js";
import { RandomGenerator } from "../nd/random.js";
import { formatShape, ShapeError, sameShape } from "../nd/shape.js";

/** An argument of a function under check: arrays are differentiated, numbers (such as a label) are passed on. */
export type CheckedInput = NdArray | number;

export interface GradientCheckOptions {
  /** Half the distance between the two points of a central difference. */
  readonly step?: number;
  /** Largest accepted error, relative to the larger of the two gradients and 1. */
  readonly tolerance?: number;
  /** Seed of the incoming gradient. */
  readonly seed?: number;
}

/** What a check found; prints as one sentence. */
export interface GradientCheckResult {
  readonly ok: boolean;
  readonly error: number;
  /** Where the error is largest: which array among the inputs, which element, and both gradients there. */
  readonly worst: {
    readonly input: number;
    readonly index: readonly number[];
    readonly backward: number;
    readonly numerical: number;
  };
  toString(): string;
}

/**
 * Compares a backward function with central differences `(f(x + h) − f(x − h)) / 2h` of `⟨g, forward(…)⟩`, for a random `g`.
 *
 * Everything runs in float64, whatever the dtype of the inputs.
 *
 * @example
 * gradientCheck(tanh, backwardTanh, [array([0.5, -1])]).ok // true
 *
 * @param forward a function of `inputs` that gives an array or a number
 * @param backward a function of the same inputs, then `g`: the gradient of the first array, or a list of those of the first ones
 * @throws ShapeError when backward returns nothing, or a gradient of another shape than its input, and when one of the
 *   two functions changes its arguments
 */
export function gradientCheck<Inputs extends readonly CheckedInput[], G extends CheckedInput>(
  forward: (...inputs: Inputs) => G,
  backward: (...inputs: [...Inputs, G]) => NdArray | readonly NdArray[],
  inputs: Inputs,
  { step = 1e-5, tolerance = 1e-6, seed = 1 }: GradientCheckOptions = {},
): GradientCheckResult {
  return withDefaultDType("float64", () => {
    const copies = inputs.map((input) =>
      input instanceof NdArray ? input.astype("float64") : input,
    ) as unknown as Inputs;
    const g = incomingGradient(forward(...copies), seed);
    expectUnchanged("forward", copies, inputs);
    const received = backward(...copies, g instanceof NdArray ? (g.clone() as G) : g);
    expectUnchanged("backward", copies, inputs);
    const gradients = Array.isArray(received) ? (received as readonly NdArray[]) : [received as NdArray];
    const objective = () => project(forward(...copies), g);
    const arrays = copies.filter((input): input is NdArray & Inputs[number] => input instanceof NdArray);
    return compare(arrays, gradients, objective, step, tolerance);
  });
}

/** A direction to differentiate along: random, of the shape of the function's result. */
function incomingGradient<G extends CheckedInput>(result: G, seed: number): G {
  if (!(result instanceof NdArray) && typeof result !== "number") {
    throw new ShapeError(`gradientCheck: forward must give an array or a number, received ${describeValue(result)}`);
  }
  const random = new RandomGenerator(seed);
  return (result instanceof NdArray ? random.normal(result.shape) : 0.5 + random.next()) as G;
}

/** A function that writes into its arguments cannot be differentiated by moving them. */
function expectUnchanged(which: string, after: readonly CheckedInput[], before: readonly CheckedInput[]): void {
  after.forEach((x, i) => {
    const original = before[i];
    if (
      x instanceof NdArray &&
      original instanceof NdArray &&
      !x.data.every((value, k) => Object.is(value, original.data[k]))
    )
      throw new ShapeError(`gradientCheck: ${which} changes its argument number ${i + 1}: work on a copy (clone)`);
  });
}

const project = (result: CheckedInput, g: CheckedInput): number =>
  result instanceof NdArray && g instanceof NdArray ? dot(result, g) : (result as number) * (g as number);

function compare(
  inputs: readonly NdArray[],
  gradients: readonly NdArray[],
  objective: () => number,
  step: number,
  tolerance: number,
): GradientCheckResult {
  let error = 0;
  let worst: GradientCheckResult["worst"] = { input: 0, index: [], backward: 0, numerical: 0 };
  if (gradients.length === 0) throw new ShapeError("gradientCheck: backward returned no gradient");
  gradients.forEach((gradient, input) => {
    const x = inputs[input];
    expectGradient(gradient, x, input);
    for (let i = 0; i < x.size; i++) {
      const numerical = centralDifference(x, i, objective, step);
      const backward = gradient.data[i]!;
      const difference = Math.abs(backward - numerical) / Math.max(1, Math.abs(backward), Math.abs(numerical));
      if (difference <= error || error === Number.POSITIVE_INFINITY) continue;
      error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
      worst = { input, index: unravel(i, x), backward, numerical };
    }
  });
  const ok = error <= tolerance;
  return { ok, error, worst, toString: () => describe(ok, error, worst) };
}

function expectGradient(gradient: unknown, x: NdArray | undefined, input: number): asserts x is NdArray {
  const which = `gradientCheck: gradient number ${input + 1}`;
  if (x === undefined) throw new ShapeError(`${which} has no array among the inputs: backward returned too many`);
  if (!(gradient instanceof NdArray)) {
    throw new ShapeError(`${which}: expected an NdArray, received ${describeValue(gradient)}`);
  }
  if (!sameShape(gradient.shape, x.shape)) {
    throw new ShapeError(
      `${which} must have the shape of its input (expected ${formatShape(x.shape)}, received ${formatShape(gradient.shape)})`,
    );
  }
}

function centralDifference(x: NdArray, i: number, objective: () => number, step: number): number {
  const value = x.data[i]!;
  x.data[i] = value + step;
  const above = objective();
  x.data[i] = value - step;
  const below = objective();
  x.data[i] = value;
  return (above - below) / (2 * step);
}

/** The index along each axis of element number i. */
function unravel(i: number, { shape }: NdArray): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

function describe(ok: boolean, error: number, worst: GradientCheckResult["worst"]): string {
  if (ok) return `gradient right: largest error ${error.toExponential(1)}`;
  const where = `element ${formatShape(worst.index)} of gradient number ${worst.input + 1}`;
  return `gradient wrong at ${where}: backward gives ${worst.backward.toPrecision(6)}, central differences ${worst.numerical.toPrecision(6)}`;
}
