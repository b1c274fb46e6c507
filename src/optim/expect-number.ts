// Checks of the numbers that optimisers, schedules and the training loop are given: what was expected, what came.
import { describeValue } from "../nd/describe.js";

const ranges = {
  "≥ 0": (x: number) => x >= 0,
  "> 0": (x: number) => x > 0,
  "in [0, 1)": (x: number) => x >= 0 && x < 1,
  "in (0, 1)": (x: number) => x > 0 && x < 1,
  "in (0, 1]": (x: number) => x > 0 && x <= 1,
  "≥ 0, whole": (x: number) => x >= 0 && Number.isInteger(x),
  "≥ 1, whole": (x: number) => x >= 1 && Number.isInteger(x),
} as const;

/** `value`, once sure that it is a finite number in the range; throws a RangeError naming `where` and `name`. */
export function expectNumber(where: string, name: string, value: number, range: keyof typeof ranges): number {
  if (Number.isFinite(value) && ranges[range](value)) return value;
  throw new RangeError(
    `${where}: ${name} must be a number ${range}, received ${value === undefined ? "none" : describeValue(value)}`,
  );
}
