// Known mistakes: what came back betrays them, and each has the sentence a teacher would say at the student's desk.
import { isClose, type Tolerance } from "./closeness.js";
import { commonMistakes } from "./messages.fr.js";
import { type Comparable, holdsNumber, numbersIn } from "./numbers.js";
import type { Sent, Value } from "./student.js";
import type { StudentFault } from "./student-fault.js";

export interface Explanation {
  /** Its name, for staff: `softmax sans décalage`. */
  readonly mistake: string;
  readonly when: (observed: Observed) => boolean;
  /** One French sentence; never the solution, never an input or an expected value of a hidden test. */
  readonly say: string;
}

/** The last call of a test that failed. */
export interface Observed {
  /** The arguments, or the inputs of an evaluation alone. */
  readonly sent: readonly Sent[];
  readonly received: Value;
  /** The arguments as they were after the call; empty unless the test asked for them. */
  readonly args: readonly Value[];
  /** Set when it did not answer. */
  readonly fault?: StudentFault;
}

/** The first explanation whose predicate holds; one of the mistakes `recognised` before is the likelier. */
export function explain(
  explanations: readonly Explanation[],
  observed: Observed,
  recognised: ReadonlySet<string> = new Set(),
): Explanation | undefined {
  const holding = [...explanations, ...common].filter(({ when }) => holds(when, observed));
  return holding.find(({ mistake }) => recognised.has(mistake)) ?? holding[0];
}

/**
 * Where nothing was answered only a predicate that looks at the fault may hold: to the others nothing would be alike. One
 * written for arrays may stumble over what a hostile submission sends: then it is not that mistake.
 */
function holds(when: Explanation["when"], { fault, ...rest }: Observed): boolean {
  if (fault === undefined) return holdsOf(when, rest);
  let isLookedAt = false;
  const watched = {
    ...rest,
    get fault() {
      isLookedAt = true;
      return fault;
    },
  };
  return holdsOf(when, watched) && isLookedAt;
}

function holdsOf(when: Explanation["when"], observed: Observed): boolean {
  try {
    return when(observed);
  } catch {
    return false;
  }
}

/** The call gave what `formula` gives on the same arguments: the formula of a mistake. */
export function gave<Args extends readonly unknown[]>(
  formula: (...args: Args) => Comparable,
  tolerance?: Tolerance,
): Explanation["when"] {
  return ({ received, sent, fault }) =>
    fault === undefined && isClose(received, formula(...(sent as readonly unknown[] as Args)), tolerance);
}

/** It answered, with numbers one of which is NaN or infinite. */
export function gaveNonFinite({ received, fault }: Observed): boolean {
  const numbers = fault === undefined ? numbersIn(received) : undefined;
  return numbers !== undefined && !Array.from(numbers.data).every(Number.isFinite);
}

const common: readonly Explanation[] = [
  { ...commonMistakes.noReturn, when: ({ received, fault }) => fault === undefined && received === undefined },
  {
    ...commonMistakes.notANumber,
    when: ({ received, args, fault }) => fault === undefined && [received, ...args].some(holdsNaN),
  },
  { ...commonMistakes.mixedTypes, when: ({ fault }) => mixesTypes.test(fault?.detail?.message ?? "") },
  { ...commonMistakes.functionReturned, when: ({ received, fault }) => fault === undefined && isFunction(received) },
];

const mixesTypes = /float\d\d and float\d\d do not mix/;

/** The library refused arrays whose shapes do not go together; their types are another matter. */
export const refusesShapes: Explanation["when"] = ({ fault }) =>
  fault?.detail?.name === "ShapeError" && !mixesTypes.test(fault.detail.message);

const isFunction = (value: Value): boolean =>
  typeof value === "object" && value !== null && value.kind === "other" && value.what.startsWith("function");

const holdsNaN = (value: Value): boolean => holdsNumber(value, Number.isNaN);

/** Item `index` of a list, or of an array the row; `undefined` when there is none. */
export function part(value: Value, index: number): Value {
  if (typeof value !== "object" || value === null) return undefined;
  if (value.kind === "list") return value.items[index];
  if (value.kind !== "array" || index >= (value.shape[0] ?? 0)) return undefined;
  const [, ...rest] = value.shape;
  const size = rest.reduce((product, length) => product * length, 1);
  return { ...value, shape: rest, data: value.data.slice(index * size, (index + 1) * size) };
}

/** Field `name` of an object; `undefined` when there is none. */
export const field = (value: Value, name: string): Value =>
  typeof value === "object" && value !== null && value.kind === "object" ? value.entries.get(name) : undefined;
