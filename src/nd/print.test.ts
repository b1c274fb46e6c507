import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { type FrozenArray, readFixture, thaw } from "../../test/oracle/oracle.js";
import { array, zeros } from "./creation.js";
import { formatArray } from "./print.js";

interface Printed {
  readonly x: FrozenArray;
  /** Absent for arrays without dimension, which NumPy prints as Python numbers. */
  readonly str?: string;
  readonly repr: string;
}

const { printing } = readFixture<{ printing: readonly Printed[] }>("numpy-nd.json");

/** NumPy leaves out float64, we leave out float32 (each its own default); its shapes are tuples, ours are lists. */
const withoutKind = (repr: string): string =>
  repr.replace(/,\s+dtype=float\d\d\)$/, ")").replace(/, shape=[([].*[)\]]\)$/, ")");

describe("arrays print as NumPy prints them", () => {
  test("through String, in 400 cases", () => {
    const cases = printing.filter(({ str }) => str !== undefined);
    expect(cases.map(({ x }) => String(thaw(x)))).toEqual(cases.map(({ str }) => str));
    expect(cases.length).toBeGreaterThan(400);
  });

  test("through console.log, where NumPy has its repr", () => {
    expect(printing.map(({ x }) => withoutKind(inspect(thaw(x))))).toEqual(
      printing.map(({ repr }) => withoutKind(repr)),
    );
  });
});

test("console.log names float64 and shapes that no bracket shows, and nothing else", () => {
  expect(inspect(array([1, 2]))).toBe("array([1., 2.])");
  expect(inspect(array([1, 2], { dtype: "float64" }))).toBe("array([1., 2.], dtype=float64)");
  expect(inspect(zeros([0]))).toBe("array([])");
  expect(inspect(zeros([2, 0], { dtype: "float64" }))).toBe("array([], shape=[2, 0], dtype=float64)");
});

test("a smaller precision is obeyed", () => {
  expect(formatArray(array([1 / 3, 2]), { precision: 3 })).toBe("[0.333 2.   ]");
});

test("printing changes nothing", () => {
  const x = array([
    [0.1, 1e9],
    [-0, Number.NaN],
  ]);
  const before = [...x.data];
  String(x);
  expect([...x.data]).toEqual(before);
});
