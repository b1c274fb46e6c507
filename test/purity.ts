// Functions must leave their arguments alone: not write to them, not hand out their memory.
import { expect } from "vitest";
import { NdArray } from "../src/nd/nd-array.js";

/** Calls `f` and checks that no argument changed and that no array of the result shares memory with one. */
export function expectPure<Arguments extends readonly unknown[], R>(
  f: (...args: Arguments) => R,
  ...args: Arguments
): R {
  const arrays = args.filter((value) => value instanceof NdArray);
  const before = arrays.map(({ data, shape }) => [data.slice(), [...shape]]);
  const result = f(...args);
  expect(arrays.map(({ data, shape }) => [data, shape])).toEqual(before);
  for (const part of [result].flat()) {
    if (part instanceof NdArray) for (const argument of arrays) expect(part.data.buffer).not.toBe(argument.data.buffer);
  }
  return result;
}
