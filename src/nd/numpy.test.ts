import { describe, expect, test } from "vitest";
import { expectClose, expectSameBits, type FrozenArray, readFixture, thaw } from "../../test/oracle/oracle.js";
import { expectPure } from "../../test/purity.js";
import { array } from "./creation.js";
import type { NdArray } from "./nd-array.js";

interface Fixture {
  readonly arithmetic: readonly {
    readonly operation: "add" | "sub" | "mul" | "div" | "maximum";
    readonly a: FrozenArray;
    readonly b: FrozenArray;
    readonly result: FrozenArray;
  }[];
  readonly products: readonly { readonly a: FrozenArray; readonly b: FrozenArray; readonly result: FrozenArray }[];
  readonly reductions: readonly {
    readonly reduction: "sum" | "mean" | "max" | "argmax";
    readonly x: FrozenArray;
    /** null: over the whole array. */
    readonly axis: number | null;
    readonly keepDims: boolean;
    readonly result: FrozenArray;
  }[];
}

const fixture = readFixture<Fixture>("numpy-nd.json");
const count = { arithmetic: 330, products: 22, reductions: 670 };

describe("NumPy gives the same", () => {
  test.each(["add", "sub", "mul", "div", "maximum"] as const)("%s, broadcast, to the bit", (operation) => {
    for (const { a, b, result } of fixture.arithmetic.filter((one) => one.operation === operation)) {
      const received = expectPure((x: NdArray, y: NdArray) => x[operation](y), thaw(a), thaw(b));
      const what = `${thaw(a)} ${operation} ${thaw(b)}`;
      if (operation !== "maximum") expectSameBits(received, thaw(result), what);
      else expectClose(received, thaw(result), 0, what); // which of 0 and −0 is larger, NumPy leaves to the processor
    }
    expect(fixture.arithmetic.length).toBe(count.arithmetic);
  });

  test("matrix and vector products, to the bit on whole numbers", () => {
    for (const { a, b, result } of fixture.products) {
      const received = expectPure((x: NdArray, y: NdArray) => x.matmul(y), thaw(a), thaw(b));
      expectSameBits(received, thaw(result), `${thaw(a)} · ${thaw(b)}`);
    }
    expect(fixture.products.length).toBe(count.products);
  });

  test.each(["sum", "mean", "max", "argmax"] as const)(
    "%s, whole and along each axis, with NaN and ties",
    (reduction) => {
      for (const { x, axis, keepDims, result } of fixture.reductions.filter((one) => one.reduction === reduction)) {
        const received = expectPure((a: NdArray) => reduce(a, reduction, axis, keepDims), thaw(x));
        expectClose(received, thaw(result), tolerances[x.dtype], `${reduction} of ${thaw(x)} along ${axis}`);
      }
      expect(fixture.reductions.length).toBe(count.reductions);
    },
  );
});

const tolerances = { float32: 1e-6, float64: 1e-15 };

function reduce(
  x: NdArray,
  reduction: "sum" | "mean" | "max" | "argmax",
  axis: number | null,
  keepDims: boolean,
): NdArray {
  const { dtype } = x;
  return axis === null ? array(x[reduction](), { dtype }) : x[reduction]({ axis, keepDims });
}
