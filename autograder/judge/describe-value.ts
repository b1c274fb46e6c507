// A value in a few French words, for evidence: numbers in six digits, small arrays whole, large ones by their shape.
import { words } from "./messages.fr.js";
import { type Numbers, numbersIn } from "./numbers.js";
import { printable } from "./printable.js";
import type { Value } from "./student.js";

/** Arrays with more elements are told by their shape alone. */
const mostElements = 16;

export function describeValue(value: Value): string {
  const numbers = numbersIn(value);
  if (numbers !== undefined) return describeNumbers(numbers);
  if (value === undefined) return words.nothing;
  if (typeof value === "string") return words.text(printable(value, 60));
  if (typeof value !== "object" || value === null) return String(value);
  return describeObject(value);
}

export function describeNumbers({ shape, data }: Numbers): string {
  if (data.length > mostElements || data.length === 0) return words.arrayOfShape(describeShape(shape));
  return nested(shape, Array.from(data));
}

export const describeNumber = (value: number): string =>
  Object.is(value, -0) ? "-0" : String(Number(value.toPrecision(6)));

export const describeShape = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

function describeObject(value: Exclude<Value, null | undefined | boolean | number | string>): string {
  switch (value.kind) {
    case "array":
      return words.arrayOfShape(describeShape(value.shape));
    case "list":
      return words.list(value.items.length);
    case "object":
      return words.object(printable([...value.entries.keys()].slice(0, 8).join(", "), 80));
    case "other":
      return words.other(printable(value.what, 60));
  }
}

function nested(shape: readonly number[], data: readonly number[]): string {
  const [length, ...rest] = shape;
  if (length === undefined) return describeNumber(data[0]!);
  const size = data.length / length;
  const parts = Array.from({ length }, (_, i) => nested(rest, data.slice(i * size, (i + 1) * size)));
  return `[${parts.join(", ")}]`;
}
