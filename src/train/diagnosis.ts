// Why a loss is no finite number: looks at examples, parameters, gradients and the losses before it, the surest sign first.
import type { Dataset } from "../datasets/dataset.js";
import type { NdArray } from "../nd/nd-array.js";
import type { KeptParameter } from "./snapshot.js";

/** What there is to look at. */
export interface Evidence {
  /** The examples, by the name that the caller gave them. */
  readonly sets: Readonly<Record<string, Dataset>>;
  /** The parameters as they are, and as they were at the START: those of the best epoch may have exploded themselves. */
  readonly parameters: readonly KeptParameter[];
  /** The last losses before, in order. */
  readonly losses: readonly number[];
  readonly learningRate: number;
}

/** How many times larger than at the start a parameter must be, or than before a loss, to say that the steps are too large. */
const explosion = 1000;

/** The likely cause and what to do about it: one sentence, without its full stop. */
export function likelyCause(evidence: Evidence): string {
  return (
    brokenInputs(evidence) ??
    brokenFromTheStart(evidence) ??
    stepsTooLarge(evidence) ??
    brokenGradient(evidence) ??
    brokenParameter(evidence) ??
    "parameters, gradients and examples are finite: the network itself makes it, look in its forward() for a division by 0, the log of 0 or an exp that overflows"
  );
}

function brokenInputs({ sets }: Evidence): string | undefined {
  for (const [name, { inputs }] of Object.entries(sets)) {
    const at = brokenAt(inputs);
    if (at === undefined) continue;
    const width = inputs.size / inputs.shape[0]!;
    const example = Math.floor(at / width);
    return `${name}.inputs holds ${inputs.data[at]} in example ${example} (feature ${at % width}): clean the examples first`;
  }
  return undefined;
}

function brokenFromTheStart({ parameters }: Evidence): string | undefined {
  for (const { name, values } of parameters) {
    const at = brokenAt(values);
    if (at !== undefined)
      return `parameter "${name}" held ${values.data[at]} before training: look at its initialisation`;
  }
  return undefined;
}

function stepsTooLarge({ parameters, losses, learningRate }: Evidence): string | undefined {
  const sign = grownParameter(parameters) ?? grownLoss(losses);
  if (sign === undefined) return undefined;
  return `the learning rate ${learningRate} is too large (${sign}): divide it by 10 until the loss goes down`;
}

function grownParameter(parameters: readonly KeptParameter[]): string | undefined {
  for (const { name, parameter, values } of parameters) {
    const [before, now] = [largest(values), largest(parameter.values())];
    if (now > explosion * Math.max(1, before)) {
      return `the largest element of "${name}" went from ${short(before)} to ${short(now)}`;
    }
  }
  return undefined;
}

function grownLoss(losses: readonly number[]): string | undefined {
  const grew = losses.length > 1 && losses.at(-1)! > explosion * Math.max(1, losses[0]!);
  return grew ? `the last losses were ${losses.map(short).join(", ")}` : undefined;
}

function brokenGradient({ parameters }: Evidence): string | undefined {
  for (const { name, parameter } of parameters) {
    const at = parameter.gradient === undefined ? undefined : brokenAt(parameter.gradient);
    if (at === undefined) continue;
    return `the gradient of "${name}" held ${parameter.gradient!.data[at]} in the step before, after a finite loss: compare the backward of its operations with gradientCheck`;
  }
  return undefined;
}

function brokenParameter({ parameters }: Evidence): string | undefined {
  for (const { name, parameter } of parameters) {
    const values = parameter.values();
    const at = brokenAt(values);
    if (at === undefined) continue;
    return `parameter "${name}" holds ${values.data[at]} though its gradient is finite: look at what writes to it, such as the step() of the optimizer`;
  }
  return undefined;
}

/** The place of the first element that is NaN or infinite. */
function brokenAt({ data }: NdArray): number | undefined {
  const at = data.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? undefined : at;
}

/** The largest absolute value; NaN does not count. */
function largest({ data }: NdArray): number {
  let most = 0;
  for (const value of data) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

const short = (x: number): string => String(Number(x.toPrecision(3)));
