import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { block, expectSideBySide, float32, size } from "../../../test/side-by-side.js";
import { backwardNllBatch, nllBatch } from "../../functions/nll.js";
import { backwardSoftmax, softmax } from "../../functions/softmax.js";
import { NdArray } from "../../nd/nd-array.js";

/** Rows of logits and their right classes, a gradient for each logit, and what `out` holds before. */
interface Batch {
  readonly rows: number;
  readonly k: number;
  readonly X: Float32Array;
  readonly G: Float32Array;
  readonly Y: Float32Array;
  readonly gold: Int32Array;
}

/** Each logit an ordinary number, or anything at all. */
const batch = (logit = float32): fc.Arbitrary<Batch> =>
  fc
    .tuple(
      size(9),
      size(23).map((k) => Math.max(k, 1)),
    )
    .chain(([rows, k]) =>
      fc.record({
        rows: fc.constant(rows),
        k: fc.constant(k),
        X: block(rows * k, logit),
        G: block(rows * k),
        Y: block(rows * k),
        gold: fc.array(fc.nat(k - 1), { minLength: rows, maxLength: rows }).map((labels) => Int32Array.from(labels)),
      }),
    );

const ordinary = fc.float({ min: -30, max: 30, noNaN: true });
const batches = fc.oneof(batch(), batch(ordinary));

test("softmax gives the bits of its twin and of the reference", () => {
  fc.assert(
    fc.property(batches, ({ rows, k, X, Y }) => {
      const { left } = expectSideBySide([Y, X], (kernels, y, x) => kernels.softmax(y!, x!, rows, k));
      if (rows > 0) expect(left[0]).toEqual(softmax(new NdArray(X, [rows, k])).data);
    }),
  );
});

test("softmax of rows without a class, and of no rows, writes nothing", () => {
  for (const [rows, k] of [
    [3, 0],
    [0, 3],
    [0, 0],
  ] as const) {
    expectSideBySide([new Float32Array(0)], (kernels, y) => kernels.softmax(y!, y!, rows, k));
  }
});

test("softmax is right at logits of ±1e4", () => {
  const X = Float32Array.of(1e4, 1e4, -1e4, -1e4, -1e4, 1e4);
  const { left } = expectSideBySide([new Float32Array(6), X], (kernels, y, x) => kernels.softmax(y!, x!, 2, 3));
  expect(left[0]).toEqual(Float32Array.of(0.5, 0.5, 0, 0, 0, 1));
});

describe("softmaxBackward", () => {
  test("gives the bits of its twin, replacing or adding", () => {
    fc.assert(
      fc.property(batches, fc.boolean(), ({ rows, k, X, G, Y }, add) => {
        const call = (gx: number, g: number, y: number) => [gx, g, y, rows, k, add] as const;
        expectSideBySide([X, G, Y], (kernels, gx, g, y) => kernels.softmaxBackward(...call(gx!, g!, y!)));
      }),
    );
  });

  test("gives the bits of the reference, which starts from x", () => {
    fc.assert(
      fc.property(batches, ({ rows, k, X, G, Y }) => {
        fc.pre(rows > 0);
        const [x, g] = [X, G].map((numbers) => new NdArray(numbers, [rows, k]));
        const S = softmax(x!).data as Float32Array;
        const { left } = expectSideBySide([Y, G, S], (kernels, gx, g, s) =>
          kernels.softmaxBackward(gx!, g!, s!, rows, k, false),
        );
        expect(left[0]).toEqual(backwardSoftmax(x!, g!).data);
      }),
    );
  });
});

describe("nll", () => {
  test("gives the bits of its twin and of the reference: softmax, and the sum of the losses", () => {
    fc.assert(
      fc.property(batches, ({ rows, k, X, Y, gold }) => {
        const { left, returned } = expectSideBySide([Y, X, gold], (kernels, p, x, gold) =>
          kernels.nll(p!, x!, gold!, rows, k),
        );
        if (rows === 0) return;
        const x = new NdArray(X, [rows, k]);
        expect(left[0]).toEqual(softmax(x).data);
        expect(returned).toBe(nllBatch(x, gold).sum());
      }),
    );
  });

  test("keeps the digits of a small loss and of one of 1000, and leaves the rows it was not given", () => {
    const blocks = [new Float32Array(6), Float32Array.of(20, 0, 0, 1000, 0, 0), Int32Array.of(0, 1)];
    const { returned } = expectSideBySide(blocks, (kernels, p, x, gold) => kernels.nll(p!, x!, gold!, 1, 3));
    expect(returned).toBe(Math.fround(Math.log1p(2 * Math.exp(-20))));
    const both = expectSideBySide(blocks, (kernels, p, x, gold) => kernels.nll(p!, x!, gold!, 2, 3));
    expect(both.returned).toBe(1000 + (returned as number));
  });
});

describe("nllBackward", () => {
  test("gives the bits of its twin, replacing or adding, into another block and into that of p", () => {
    fc.assert(
      fc.property(batches, float32, fc.boolean(), ({ rows, k, X, Y, gold }, c, add) => {
        expectSideBySide([Y, X, gold], (kernels, gx, p, gold) => kernels.nllBackward(gx!, p!, gold!, c, rows, k, add));
        expectSideBySide([X, gold], (kernels, p, gold) => kernels.nllBackward(p!, p!, gold!, c, rows, k, add));
      }),
    );
  });

  test("gives the bits of the reference, which starts from x", () => {
    fc.assert(
      fc.property(batches, fc.double({ min: -2, max: 2, noNaN: true }), ({ rows, k, X, Y, gold }, c) => {
        fc.pre(rows > 0);
        const x = new NdArray(X, [rows, k]);
        const P = softmax(x).data as Float32Array;
        const { left } = expectSideBySide([Y, P, gold], (kernels, gx, p, gold) =>
          kernels.nllBackward(gx!, p!, gold!, c, rows, k, false),
        );
        const g = new NdArray(new Float32Array(rows).fill(c), [rows]);
        expect(left[0]).toEqual(backwardNllBatch(x, gold, g).data);
      }),
    );
  });
});
