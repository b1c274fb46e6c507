// Runs the student's SGD on parameters whose gradients are set by the test, and brings back what it left of them.
import type { NdArray } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import { known } from "../messages-b.fr.js";
import type { Scope } from "../scope.js";

type When = Explanation["when"];

export interface Descent {
  readonly values: readonly NdArray[];
  /** For each step the gradients of the parameters, `null` where there is none; `null` to leave those that are there. */
  readonly steps: readonly (readonly (NdArray | null)[] | null)[];
  readonly learningRate: number;
  /** What `learningRate` becomes after the first step, if it can be seen. */
  readonly nextRate?: number;
}

/**
 * An object with `after`, for each step the arrays the parameters were made with, and `kept`, the gradients as the step
 * left them; `current`, what their `data` are in the end; `left`, their gradients after zeroGrad, `null` for none;
 * `canChange`, whether the optimizer shows its learningRate.
 */
export const runSgd = (student: Student, descent: Descent): Promise<Value> =>
  student.evaluate(descend, inputsOf(descent));

/** The same for several descents, one after the other. */
export const runSgds = <Asked extends Descent>(student: Student, descents: readonly Asked[]) =>
  runEach(student, descend, descents, inputsOf);

const inputsOf = ({ nextRate, ...descent }: Descent) => ({ ...descent, nextRate: nextRate ?? null });

async function descend({ tp }: Scope, inputs: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { values, steps, learningRate, nextRate } = inputs;
  // Names are for people: those of two layers are the same.
  const parameters = values.map((value, i) => new tp.Parameter(value, i % 2 === 0 ? "W" : "b"));
  const optimizer = new tp.SGD(parameters, learningRate);
  new tp.SGD([new tp.Parameter(values[0]!.clone(), "other")], learningRate + 1); // it has nothing to do with the first
  const shown = optimizer as unknown as { learningRate?: unknown };
  const canChange = shown.learningRate === learningRate;
  const [after, kept]: [unknown[], unknown[]] = [[], []];
  for (const gradients of steps) {
    parameters.forEach((parameter, i) => {
      if (gradients !== null) parameter.gradient = gradients[i]?.clone();
    });
    await optimizer.step();
    after.push(values.map((value) => value.clone()));
    kept.push(parameters.map(({ gradient }) => gradient?.clone() ?? null));
    if (canChange && nextRate !== null) shown.learningRate = nextRate;
  }
  await optimizer.zeroGrad();
  const left = parameters.map(({ gradient }) => gradient ?? null);
  return { after, kept, current: parameters.map(({ data }) => data), left, canChange };
}

/** No gradient, or one that is zero everywhere. */
export const isForgotten = (gradient: Value): boolean =>
  gradient === null || Array.from(numbersIn(gradient)?.data ?? [1]).every((element) => Math.abs(element) === 0);

const descentOf = (sent: readonly unknown[]): Descent => sent[0] as Descent;

/** The first step that has every gradient left `p + factor · gradient`, for the first `count` parameters. */
const stepped =
  (factorOf: (learningRate: number) => number, count = Number.POSITIVE_INFINITY): When =>
  ({ received, sent }) => {
    const { values, steps, learningRate } = descentOf(sent);
    const factor = factorOf(learningRate);
    return values.every((value, i) => {
      const gradient = steps[0]?.[i];
      const expected = gradient && i < count ? value.add(gradient.mul(factor)) : value;
      return isClose(part(part(field(received, "after"), 0), i), expected);
    });
  };

const rebinds: When = ({ received, sent }) => {
  const { values } = descentOf(sent);
  const isAsSent = (list: Value) => values.every((value, i) => sameValue(part(list, i), asReturned(value)));
  return isAsSent(part(field(received, "after"), 0)) && !isAsSent(field(received, "current"));
};

/** What the last step left is not what zeroGrad leaves, though step itself works in place. */
const changesInZeroGrad: When = ({ received, sent }) => {
  const { values, steps } = descentOf(sent);
  const last = part(field(received, "after"), steps.length - 1);
  const current = field(received, "current");
  return last !== undefined && !sameValue(last, current) && !sameValue(last, asReturned([...values]));
};

/** Every gradient so far counts at every step. */
const accumulates: When = ({ received, sent }) => {
  const { values, steps, learningRate } = descentOf(sent);
  const [first, second] = [steps[0]?.[0], steps[1]?.[0]];
  if (!first || !second) return false;
  const expected = values[0]!.sub(first.mul(2 * learningRate)).sub(second.mul(learningRate));
  return isClose(part(part(field(received, "after"), 1), 0), expected);
};

const gradientsOf = ({ steps }: Descent): readonly (NdArray | null)[] => steps[0] ?? [];

const asItWas = (received: Value, sent: readonly unknown[], i: number): boolean =>
  sameValue(part(part(field(received, "after"), 0), i), asReturned(descentOf(sent).values[i]!));

/** Nothing moves, though there are gradients. */
const movesNothing: When = ({ received, sent, fault }) => {
  const gradients = gradientsOf(descentOf(sent));
  const isStill = (_: unknown, i: number) => asItWas(received, sent, i);
  return fault === undefined && gradients.some((gradient) => gradient !== null) && gradients.every(isStill);
};

/** Of the parameters that have a gradient the matrices move, there is one at least, and the vectors do not. */
const skipsVectors: When = ({ received, sent }) => {
  const gradients = gradientsOf(descentOf(sent));
  const isSo = (gradient: NdArray | null, i: number) =>
    gradient === null || asItWas(received, sent, i) === (gradient.ndim === 1);
  return [1, 2].every((ndim) => gradients.some((gradient) => gradient?.ndim === ndim)) && gradients.every(isSo);
};

/** After zeroGrad the gradients are as the last step left them. */
const forgetsNothing: When = ({ received, sent }) => {
  const kept = part(field(received, "kept"), descentOf(sent).steps.length - 1);
  return kept !== undefined && sameValue(field(received, "left"), kept);
};

/** Those before the first parameter without a gradient move, those after it do not. */
const stopsAtNone: When = ({ received, sent }) => {
  const gradients = gradientsOf(descentOf(sent));
  const first = gradients.indexOf(null);
  if (first < 0 || gradients.slice(first).every((gradient) => gradient === null)) return false;
  return gradients.every((_, i) => asItWas(received, sent, i) === i >= first);
};

/** What has a gradient that adds up to nothing stays, what has another moves. */
const skipsBalanced: When = ({ received, sent }) => {
  const gradients = gradientsOf(descentOf(sent));
  const isBalanced = (gradient: NdArray | null) => gradient !== null && gradient.sum() === 0;
  return (
    gradients.some(isBalanced) &&
    gradients.every((gradient, i) => gradient === null || asItWas(received, sent, i) === isBalanced(gradient))
  );
};

/** Where a gradient was set, the first step left this of it. */
const leavesOfGradients =
  (isSo: (left: Value, gradient: NdArray) => boolean): When =>
  ({ received, sent, fault }) => {
    const left = part(field(received, "kept"), 0);
    const isOne = (gradient: NdArray | null, i: number) => gradient !== null && isSo(part(left, i), gradient);
    return fault === undefined && received !== undefined && gradientsOf(descentOf(sent)).some(isOne);
  };

/** The second step, right at the first rate, where another was set in between. */
const keepsFirstRate: When = ({ received, sent }) => {
  const { steps, learningRate, nextRate } = descentOf(sent);
  const gradient = steps[1]?.[0] ?? steps[0]?.[0];
  if (!gradient || typeof nextRate !== "number" || field(received, "canChange") !== true) return false;
  const [first, second] = [0, 1].map((step) => numbersIn(part(part(field(received, "after"), step), 0)));
  const moved = Array.from(second?.data ?? [], (value, i) => value - first!.data[i]!);
  const isAtFirst = (move: number, i: number) => Math.abs(move + learningRate * gradient.data[i]!) < 1e-4;
  return moved.length > 0 && moved.every(isAtFirst);
};

const leavesGradients: When = ({ received }) => {
  const left = field(received, "left");
  return [0, 1, 2].some((i) => part(left, i) !== undefined && !isForgotten(part(left, i)));
};

/** Steps that are often written into the code. */
const usualSteps = [1, 0.1, 0.05, 0.01, 0.001];

export const sgdProblems: readonly Explanation[] = known({
  "gradient absent non prévu": ({ sent, fault }) =>
    gradientsOf(descentOf(sent)).includes(null) && /undefined|null/.test(fault?.detail?.message ?? ""),
  "zeroGrad change les paramètres": changesInZeroGrad,
  "data réaffectée": rebinds,
  "gradients effacés par step": leavesOfGradients((left) => isForgotten(left)),
  "gradients changés par step": leavesOfGradients((left, gradient) => !sameValue(left, asReturned(gradient))),
  "arrêt au premier gradient absent": stopsAtNone,
  "aucun paramètre touché": (observed) => movesNothing(observed) && forgetsNothing(observed),
  "aucun paramètre ne bouge": movesNothing,
  "gradient de somme nulle ignoré": skipsBalanced,
  "montée au lieu de descente": stepped((learningRate) => learningRate),
  "vecteurs oubliés": skipsVectors,
  "premier paramètre seulement": (observed) =>
    gradientsOf(descentOf(observed.sent)).length > 1 && stepped((learningRate) => -learningRate, 1)(observed),
  "pas ignoré": (observed) =>
    !stepped((learningRate) => -learningRate)(observed) && usualSteps.some((step) => stepped(() => -step)(observed)),
  "pas divisé par le nombre de paramètres": (observed) => {
    const { length } = descentOf(observed.sent).values;
    return length > 1 && stepped((learningRate) => -learningRate / length)(observed);
  },
  "gradients cumulés d'un pas à l'autre": accumulates,
  "pas figé à la construction": keepsFirstRate,
  "zeroGrad sans effet": leavesGradients,
});
