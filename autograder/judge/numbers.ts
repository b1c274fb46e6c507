// Numbers out of any form they come in: a number, an array of any dtype, nested lists. One shape, one flat list.
import { NdArray } from "retroprop";
import type { Value } from "./student.js";

/** Row-major; the shape of a number is `[]`. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What a spec may expect: numbers in whichever form is easiest to write. */
export type Comparable = number | NdArray | Numbers | readonly Comparable[];

/** The numbers of what came back; `undefined` when it is something else, or lists of unequal lengths. */
export function numbersIn(value: Value): Numbers | undefined {
  if (typeof value === "number") return { shape: [], data: [value] };
  if (typeof value !== "object" || value === null) return undefined;
  if (value.kind === "array") return value;
  return value.kind === "list" ? (plainNumbers(value.items) ?? stacked(value.items.map(numbersIn))) : undefined;
}

/** Most lists, taken as they are: to make an object of each number of a long one keeps the judge from others for seconds. */
const plainNumbers = (items: readonly Value[]): Numbers | undefined =>
  items.length > 0 && items.every((item) => typeof item === "number")
    ? { shape: [items.length], data: items as readonly number[] }
    : undefined;

/** Whether one of the numbers in a value, however deep, is such. */
export function holdsNumber(value: Value, isSuch: (number: number) => boolean): boolean {
  if (typeof value === "number") return isSuch(value);
  if (typeof value !== "object" || value === null) return false;
  if (value.kind === "array") return value.data.some(isSuch);
  if (value.kind === "list") return value.items.some((item) => holdsNumber(item, isSuch));
  return value.kind === "object" && [...value.entries.values()].some((item) => holdsNumber(item, isSuch));
}

export function toNumbers(expected: Comparable): Numbers {
  if (typeof expected === "number") return { shape: [], data: [expected] };
  if (!isList(expected)) return { shape: expected.shape, data: expected.data };
  const numbers = stacked(expected.map(toNumbers));
  if (numbers === undefined) throw new TypeError("internal: expected numbers are ragged lists");
  return numbers;
}

export const isNdArray = (value: unknown): value is NdArray => value instanceof NdArray;

const isList = (value: Comparable): value is readonly Comparable[] => Array.isArray(value);

function stacked(parts: readonly (Numbers | undefined)[]): Numbers | undefined {
  const [first] = parts;
  if (first === undefined) return parts.length === 0 ? { shape: [0], data: [] } : undefined;
  const isLikeFirst = (part: Numbers | undefined): part is Numbers =>
    part !== undefined && sameShape(part.shape, first.shape);
  if (!parts.every(isLikeFirst)) return undefined;
  return { shape: [parts.length, ...first.shape], data: parts.flatMap(({ data }) => Array.from(data)) };
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);
