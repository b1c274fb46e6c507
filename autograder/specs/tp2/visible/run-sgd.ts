// Runs the student's SGD on parameters whose gradients are set by the test, and brings back what it left of them.
import type { NdArray } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { known } from "../messages-b.fr.js";
import type { Scope } from "../scope.js";

type When = Explanation["when"];

export interface Descent {
  readonly values: readonly NdArray[];
  /** For each step the gradients of the parameters; `null` where there is none. */
  readonly steps: readonly (readonly (NdArray | null)[])[];
  readonly learningRate: number;
}

/**
 * An object with `after`, for each step the arrays the parameters were made with; `current`, what their `data` are in
 * the end; `left`, their gradients after zeroGrad, `null` for none.
 */
export function runSgd(student: Student, { values, steps, learningRate }: Descent): Promise<Value> {
  return student.evaluate(
    async ({ tp }: Scope, { values, steps, learningRate }) => {
      const parameters = values.map((value, i) => new tp.Parameter(value, `p${i}`));
      const optimizer = new tp.SGD(parameters, learningRate);
      const after: unknown[] = [];
      for (const gradients of steps) {
        parameters.forEach((parameter, i) => {
          parameter.gradient = gradients[i]?.clone();
        });
        await optimizer.step();
        after.push(values.map((value) => value.clone()));
      }
      await optimizer.zeroGrad();
      const left = parameters.map(({ gradient }) => gradient ?? null);
      return { after, current: parameters.map(({ data }) => data), left };
    },
    { values, steps, learningRate },
  );
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

/** Every gradient so far counts at every step. */
const accumulates: When = ({ received, sent }) => {
  const { values, steps, learningRate } = descentOf(sent);
  const [first, second] = [steps[0]?.[0], steps[1]?.[0]];
  if (!first || !second) return false;
  const expected = values[0]!.sub(first.mul(2 * learningRate)).sub(second.mul(learningRate));
  return isClose(part(part(field(received, "after"), 1), 0), expected);
};

const leavesGradients: When = ({ received }) => {
  const left = field(received, "left");
  return [0, 1, 2].some((i) => part(left, i) !== undefined && !isForgotten(part(left, i)));
};

/** Steps that are often written into the code. */
const usualSteps = [1, 0.1, 0.05, 0.01, 0.001];

export const sgdProblems: readonly Explanation[] = known({
  "gradient absent non prévu": ({ sent, fault }) =>
    descentOf(sent).steps.flat().includes(null) && /undefined|null/.test(fault?.detail?.message ?? ""),
  "data réaffectée": rebinds,
  "montée au lieu de descente": stepped((learningRate) => learningRate),
  "premier paramètre seulement": (observed) =>
    descentOf(observed.sent).steps[0]!.length > 1 && stepped((learningRate) => -learningRate, 1)(observed),
  "pas ignoré": (observed) =>
    !stepped((learningRate) => -learningRate)(observed) && usualSteps.some((step) => stepped(() => -step)(observed)),
  "gradients cumulés d'un pas à l'autre": accumulates,
  "zeroGrad sans effet": leavesGradients,
});
