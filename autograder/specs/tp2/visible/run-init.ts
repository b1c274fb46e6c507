// Runs an initialisation of the student on an array, and says how its weights are spread.
import type { NdArray } from "retroprop";
import { type Explanation, field } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import { known } from "../messages-b.fr.js";
import type { Scope } from "../scope.js";

type When = Explanation["when"];

export interface Initialisation {
  readonly name: "zeroInit" | "glorotInit" | "kaimingInit";
  /** What the array holds before. */
  readonly W: NdArray;
  readonly seed: number;
}

/** An object with `W`, the array after the call, and `returned`. */
export const runInit = (student: Student, initialisation: Initialisation): Promise<Value> =>
  student.evaluate(initialise, inputsOf(initialisation));

/** The same for several arrays, one after the other. */
export const runInits = (student: Student, initialisations: readonly Initialisation[]) =>
  runEach(student, initialise, initialisations, inputsOf);

const inputsOf = ({ name, W, seed }: Initialisation) => ({ name, W, seed });

async function initialise({ tp, lib }: Scope, { name, W, seed }: ReturnType<typeof inputsOf>): Promise<unknown> {
  const returned = await tp[name as "glorotInit"](W, new lib.RandomGenerator(seed));
  return { W, returned };
}

export interface Spread {
  readonly lowest: number;
  readonly highest: number;
  readonly mean: number;
  readonly variance: number;
  /** Fourth moment over the square of the variance: 1.8 for a uniform law, 3 for a normal one. */
  readonly kurtosis: number;
}

export function spreadOf(weights: ArrayLike<number>): Spread {
  let [lowest, highest, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    lowest = Math.min(lowest, weight);
    highest = Math.max(highest, weight);
    sum += weight;
  }
  const mean = sum / weights.length;
  let [squares, fourths] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const square = (weights[i]! - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  const variance = squares / weights.length;
  return { lowest, highest, mean, variance, kurtosis: fourths / weights.length / variance ** 2 };
}

export const weightsIn = (run: Value): ArrayLike<number> => numbersIn(field(run, "W"))?.data ?? [Number.NaN];

/** The weights reach up to `bound`, on one side at least, and not beyond. */
export const reaches =
  (bound: number): When =>
  ({ received }) => {
    const { lowest, highest } = spreadOf(weightsIn(received));
    const largest = Math.max(-lowest, highest);
    return largest > 0.995 * bound && largest < 1.0001 * bound;
  };

const untouched: When = ({ received, sent }) =>
  sameValue(field(received, "W"), asReturned((sent[0] as { readonly W: NdArray }).W));

const returnsArray: When = ({ received }) => numbersIn(field(received, "returned")) !== undefined;

const sentContent = (sent: readonly unknown[]): ArrayLike<number> => (sent[0] as { readonly W: NdArray }).W.data;

/** Some elements, not all, are what they were before: no draw falls on the numbers that tests put there. */
const keepsSome: When = ({ received, sent }) => {
  const [weights, before] = [Array.from(weightsIn(received)), sentContent(sent)];
  return weights.length === before.length && weights.some((weight, i) => weight === before[i]);
};

/** Around the old content, which lies far out of the bounds: on both sides of it, and never as far as zero. */
const addsToContent: When = ({ received, sent }) => {
  const before = sentContent(sent);
  const drawn = Array.from(weightsIn(received), (weight, i) => weight - before[i]!);
  return drawn.every((draw) => Math.abs(draw) < 2) && drawn.some((draw) => draw < 0) && drawn.some((draw) => draw > 0);
};

/** Nearly as many values as weights, whatever their signs: among thousands of draws hardly two are equal. */
export function areDrawnOneByOne(weights: ArrayLike<number>): boolean {
  const sorted = Float64Array.from(weights, Math.abs).sort();
  let different = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) different++;
  return different > 0.98 * weights.length;
}

/**
 * Each weight tells nothing of its neighbours: of pairs at one distance about half have the same sign. Seven standard
 * deviations, for distances of one and of a row.
 */
export function areIndependent(weights: ArrayLike<number>, columns: number): boolean {
  return [1, columns].every((distance) => {
    const pairs = weights.length - distance;
    let alike = 0;
    for (let i = 0; i < pairs; i++) if (weights[i]! > 0 === weights[i + distance]! > 0) alike++;
    return Math.abs(alike - pairs / 2) <= 3.5 * Math.sqrt(pairs); // of no pair, none
  });
}

export const isZeroEverywhere = (W: Value): boolean =>
  Array.from(numbersIn(W)?.data ?? [Number.NaN]).every((element) => element === 0);

const fillProblems: readonly Explanation[] = known({
  "tableau renvoyé au lieu d'être rempli": (observed) => untouched(observed) && returnsArray(observed),
  "tableau réaffecté au lieu d'être rempli": untouched,
});

export const zeroProblems: readonly Explanation[] = [
  ...fillProblems,
  ...known({
    "NaN ou infini resté": ({ received, sent }) =>
      !Array.from(sentContent(sent)).every(Number.isFinite) && Array.from(weightsIn(received)).some(Number.isNaN),
    "tableau rempli en partie": keepsSome,
    "valeurs petites au lieu de zéro": ({ received }) =>
      Array.from(weightsIn(received)).every((weight) => Math.abs(weight) < 1e-3),
  }),
];

/** Much further on one side of zero than on the other: of so many weights chance does not do that. */
const isLopsided: When = ({ received }) => {
  const { lowest, highest } = spreadOf(weightsIn(received));
  return lowest < 0 && highest > 0 && Math.max(-lowest, highest) > 1.5 * Math.min(-lowest, highest);
};

/** Of weights that should be drawn between two opposite bounds. */
export const drawProblems: readonly Explanation[] = [
  ...fillProblems,
  ...known({
    "tableau rempli en partie": keepsSome,
    "tirage ajouté à l'ancien contenu": addsToContent,
    "même valeur partout": ({ received }) => spreadOf(weightsIn(received)).variance < 1e-12,
    "une seule ligne tirée": ({ received }) =>
      !areDrawnOneByOne(weightsIn(received)) && new Set(Array.from(weightsIn(received), Math.abs)).size > 1,
    "poids tous positifs": ({ received }) => spreadOf(weightsIn(received)).lowest >= 0,
    "bornes dissymétriques": isLopsided,
    "signes ou ordre réguliers": ({ received, sent }) =>
      !areIndependent(weightsIn(received), (sent[0] as { readonly W: NdArray }).W.shape.at(-1) ?? 1),
    "loi normale au lieu d'uniforme": ({ received }) => spreadOf(weightsIn(received)).kurtosis > 2.5,
  }),
];
