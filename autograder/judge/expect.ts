// `expect(value)` for specs: matchers over values that came back, whose failures carry French evidence.
import { differenceBetween, type Tolerance } from "./closeness.js";
import { describeNumber, describeNumbers, describeShape, describeValue } from "./describe-value.js";
import { failures, words } from "./messages.fr.js";
import { type Comparable, numbersIn, sameShape, toNumbers } from "./numbers.js";
import { asReturned, sameValue } from "./same-value.js";
import type { Sent, Value } from "./student.js";
import type { Evidence } from "./verdict.js";

/** An expectation that was not met. Its message is one French sentence; the evidence may hold hidden values. */
export class ExpectationFailure extends Error {
  readonly evidence: Evidence;

  constructor(message: string, evidence: Evidence) {
    super(message);
    this.name = "ExpectationFailure";
    this.evidence = evidence;
  }
}

/** What one can ask of a value. Every matcher throws {@link ExpectationFailure} when the answer is no. */
export interface Expectation {
  /** Same shape, every element within `absolute + relative · |expected|`; any dtype, or lists. NaN is near nothing. */
  toBeCloseTo(expected: Comparable, tolerance?: Tolerance): void;
  toHaveShape(shape: readonly number[]): void;
  /** Numbers, none of them NaN or infinite. */
  toBeFinite(): void;
  toSumTo(total: number, tolerance?: Tolerance): void;
  toBe(expected: number | boolean | string): void;
  /** Exactly what was sent: for an argument after the call. */
  toBeUnchanged(sent: Sent): void;
  /** A list of at least one item, or of exactly `length`; the items are returned. */
  toBeList(length?: number): readonly Value[];
  /** An object that has these fields, which are returned. */
  toHaveFields<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, Value>>;
  /** For what no other matcher says; `failure` is the French sentence of its refusal. */
  toSatisfy(condition: (value: Value) => boolean, failure: string, expected?: string): void;
}

/** Looks at `value`; `label` names it in the evidence when the result has several parts: `gW`. */
export type Expect = (value: Value, label?: string) => Expectation;

/** An `expect` that calls `onLook` for each value it is given: a test that looks at nothing shows nothing. */
export function createExpect(onLook: () => void): Expect {
  return (value, label) => {
    onLook();
    return expectation(value, label);
  };
}

function expectation(value: Value, label: string | undefined): Expectation {
  return {
    toBeCloseTo: (expected, tolerance) => expectClose(value, expected, tolerance, label),
    toHaveShape: (shape) => expectShape(value, shape, label),
    toBeFinite: () => expectFinite(value, label),
    toSumTo: (total, tolerance) => expectSum(value, total, tolerance, label),
    toBe: (expected) => check(Object.is(value, expected), failures.wrongValue, value, String(expected), label),
    toBeUnchanged: (sent) => expectUnchanged(value, asReturned(sent), label),
    toBeList: (length) => expectList(value, length, label),
    toHaveFields: (...names) => expectFields(value, names, label),
    toSatisfy: (condition, failure, expected) => check(condition(value), failure, value, expected, label),
  };
}

function check(met: boolean, message: string, value: Value, expected?: string, where?: string): void {
  if (!met) fail(message, value, expected, where);
}

function fail(message: string, value: Value, expected?: string, where?: string): never {
  throw new ExpectationFailure(message, {
    ...(expected === undefined ? {} : { expected }),
    received: describeValue(value),
    ...(where === undefined ? {} : { where }),
  });
}

function expectClose(value: Value, expected: Comparable, tolerance: Tolerance | undefined, label?: string): void {
  const difference = differenceBetween(value, expected, tolerance);
  if (difference === undefined) return;
  if (difference.kind === "not-numbers") {
    if (value === undefined) fail(failures.stillUndefined(label), value, describe(expected), label);
    fail(
      typeof expected === "number" ? failures.notANumberAtAll : failures.notNumbers,
      value,
      describe(expected),
      label,
    );
  }
  if (difference.kind === "shape") {
    expectShape(value, difference.expected, label);
    return;
  }
  const { index, wrong, total } = difference;
  const message = Number.isNaN(difference.received) ? failures.notANumber : failures.wrongValue;
  const place = index.length === 0 ? undefined : words.element(describeShape(index), wrong, total);
  const where = [label, place].filter((part) => part !== undefined).join(words.comma);
  throw new ExpectationFailure(message, {
    ...evidenceOf(value, expected, difference),
    ...(where === "" ? {} : { where }),
  });
}

/** Small arrays are shown whole, large ones by the element that is furthest off. */
function evidenceOf(value: Value, expected: Comparable, worst: { received: number; expected: number }): Evidence {
  const numbers = toNumbers(expected);
  if (numbers.data.length <= 8) return { expected: describeNumbers(numbers), received: describeValue(value) };
  return { expected: describeNumber(worst.expected), received: describeNumber(worst.received) };
}

const describe = (expected: Comparable): string => describeNumbers(toNumbers(expected));

function expectShape(value: Value, shape: readonly number[], label?: string): void {
  const numbers = numbersIn(value);
  const expected = words.shape(describeShape(shape));
  if (numbers === undefined) {
    if (value === undefined) fail(failures.stillUndefined(label), value, expected, label);
    fail(shape.length === 0 ? failures.notANumberAtAll : failures.notNumbers, value, expected, label);
  }
  if (sameShape(numbers.shape, shape)) return;
  throw new ExpectationFailure(
    failures.wrongShape,
    evidence(expected, words.shape(describeShape(numbers.shape)), label),
  );
}

function expectFinite(value: Value, label?: string): void {
  const numbers = numbersIn(value);
  const allFinite = numbers !== undefined && Array.from(numbers.data).every(Number.isFinite);
  check(allFinite, numbers === undefined ? failures.notANumberAtAll : failures.notFinite, value, words.finite, label);
}

function expectSum(value: Value, total: number, tolerance: Tolerance | undefined, label?: string): void {
  const numbers = numbersIn(value);
  if (numbers === undefined) fail(failures.notNumbers, value, undefined, label);
  const sum = Array.from(numbers.data).reduce((partial, element) => partial + element, 0);
  if (differenceBetween(sum, total, tolerance) === undefined) return;
  throw new ExpectationFailure(
    failures.wrongSum,
    evidence(words.sum(describeNumber(total)), words.sum(describeNumber(sum)), label),
  );
}

function expectUnchanged(value: Value, sent: Value, label?: string): void {
  check(sameValue(value, sent), failures.changed(label), value, describeValue(sent), label);
}

function expectList(value: Value, length: number | undefined, label?: string): readonly Value[] {
  const items = typeof value === "object" && value !== null && value.kind === "list" ? value.items : [];
  const met = length === undefined ? items.length > 0 : items.length === length;
  check(met, failures.notAListOf(length), value, length === undefined ? undefined : words.list(length), label);
  return items;
}

function expectFields<Name extends string>(
  value: Value,
  names: readonly Name[],
  label?: string,
): Readonly<Record<Name, Value>> {
  const entries = typeof value === "object" && value !== null && value.kind === "object" ? value.entries : undefined;
  const missing = names.filter((name) => entries?.has(name) !== true);
  check(missing.length === 0, failures.missingFields(missing), value, words.object(names.join(", ")), label);
  const fields = names.map((name) => [name, entries!.get(name)] as const);
  return Object.fromEntries(fields) as unknown as Readonly<Record<Name, Value>>;
}

const evidence = (expected: string, received: string, where?: string): Evidence => ({
  expected,
  received,
  ...(where === undefined ? {} : { where }),
});
