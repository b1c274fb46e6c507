import { expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { numbers, withinRoundings } from "../../../test/rounded-sums.js";
import { type Call, expectSideBySide, size } from "../../../test/side-by-side.js";
import { strideOf, sumOf } from "./sums.js";

// A sum of n products, its bias or what was there, and the factor alpha: n + 3 roundings, and one of the twin.

/** A layer with numbers in it; `at(o, i)` is where W has element (o, i). */
interface Layer {
  readonly out: number;
  readonly inn: number;
  readonly W: Float32Array;
  readonly at: (o: number, i: number) => number;
  readonly outputs: Float32Array;
  readonly inputs: Float32Array;
  readonly before: Float32Array;
}

type Layout = "Columns" | "Rows";
const layouts: readonly Layout[] = ["Columns", "Rows"];

/** Nine to twelve outputs have kernels of their own. */
const outputs = fc.oneof(size(130), fc.constantFrom(9, 10, 11, 12));

const layers = (layout: Layout): fc.Arbitrary<Layer> =>
  fc.tuple(outputs, size(130), fc.nat()).map(([out, inn, seed]) => {
    const stride = strideOf(out);
    const at = layout === "Rows" ? (o: number, i: number) => o * inn + i : (o: number, i: number) => i * stride + o;
    const W = new Float32Array(layout === "Rows" ? out * inn : inn * stride);
    const weights = numbers(out * inn, seed);
    for (let o = 0; o < out; o++) for (let i = 0; i < inn; i++) W[at(o, i)] = weights[o * inn + i]!;
    const [outputs, inputs] = [numbers(out, seed + 1), numbers(inn, seed + 2)];
    return { out, inn, W, at, outputs, inputs, before: numbers(Math.max(out, inn), seed + 3) };
  });

test.each(layouts)("affine%s is W x + b, whatever y held", (layout) => {
  fc.assert(
    fc.property(layers(layout), ({ out, inn, W, at, outputs: b, inputs: x }) => {
      const added = (o: number) => Math.abs(b[o]!) + sumOf(inn, (i) => Math.abs(W[at(o, i)]! * x[i]!));
      expectSideBySide(
        [new Float32Array(out).fill(Number.NaN), W, b, x],
        (kernels, y, W, b, x) => kernels[`affine${layout}`](y!, W!, b!, x!, out, inn),
        withinRoundings(inn + 4, added),
      );
    }),
  );
});

test.each(layouts)("affineInput%s is Wᵀ g, added or in place of what was there", (layout) => {
  fc.assert(
    fc.property(layers(layout), fc.boolean(), ({ out, inn, W, at, outputs: g, before }, add) => {
      const gx = add ? before.slice(0, inn) : new Float32Array(inn).fill(Number.NaN);
      const added = (i: number) => Math.abs(before[i]!) + sumOf(out, (o) => Math.abs(W[at(o, i)]! * g[o]!));
      expectSideBySide(
        [gx, W, g],
        (kernels, gx, W, g) => kernels[`affineInput${layout}`](gx!, W!, g!, out, inn, add),
        withinRoundings(out + 4, added),
      );
    }),
  );
});

test.each(layouts)("rankOne%s adds (alpha g) xᵀ to W, and keeps the padding 0", (layout) => {
  fc.assert(
    fc.property(layers(layout), fc.constantFrom(1, -0.01, 0), (layer, alpha) => {
      const { out, inn, W, at, outputs: g, inputs: x } = layer;
      const added = new Float32Array(W.length);
      for (let o = 0; o < out; o++) {
        for (let i = 0; i < inn; i++) added[at(o, i)] = Math.abs(W[at(o, i)]!) + Math.abs(alpha * g[o]! * x[i]!);
      }
      expectSideBySide(
        [W, g, x],
        (kernels, W, g, x) => kernels[`rankOne${layout}`](W!, g!, x!, Math.fround(alpha), out, inn),
        withinRoundings(4, (i) => added[i]!),
      );
    }),
  );
});

test("updateAffineColumns leaves what rankOneColumns, then affineColumns leave, to the last bit", () => {
  fc.assert(
    fc.property(layers("Columns"), fc.constantFrom(1, -0.01), ({ out, inn, W, outputs, inputs, before }, alpha) => {
      const y = new Float32Array(out).fill(Number.NaN);
      const blocks = [y, W, before.slice(0, out), inputs, outputs, before.slice(0, inn)];
      const leftBy = (call: Call) => expectSideBySide(blocks, call, () => true).left;
      const atOnce = leftBy((kernels, y, W, b, x, g, x0) =>
        kernels.updateAffineColumns(y!, W!, b!, x!, g!, x0!, Math.fround(alpha), out, inn),
      );
      const oneByOne = leftBy((kernels, y, W, b, x, g, x0) => {
        kernels.rankOneColumns(W!, g!, x0!, Math.fround(alpha), out, inn);
        kernels.affineColumns(y!, W!, b!, x!, out, inn);
      });
      expect(atOnce).toEqual(oneByOne);
    }),
  );
});

test("updateAffineColumns moves W by (alpha g) beforeᵀ, and gives y = W x + b with the moved W", () => {
  fc.assert(
    fc.property(layers("Columns"), ({ out, inn, W, at, outputs: b, inputs: x, before }) => {
      const [g, x0] = [before.slice(0, out), before.slice(0, inn)];
      const size = (o: number, i: number) => Math.abs(W[at(o, i)]!) + Math.abs(g[o]! * x0[i]!);
      const added = (o: number) => Math.abs(b[o]!) + sumOf(inn, (i) => size(o, i) * Math.abs(x[i]!));
      const isWithin = withinRoundings(inn + 8, added);
      expectSideBySide(
        [new Float32Array(out).fill(Number.NaN), W, b, x, g, x0],
        (kernels, y, W, b, x, g, x0) => kernels.updateAffineColumns(y!, W!, b!, x!, g!, x0!, -0.5, out, inn),
        (received, expected, i, block) =>
          block === 1 ? Math.abs(received - expected) <= 1e-5 : isWithin(received, expected, i, block),
      );
    }),
  );
});

test.each([2, 10])(
  "rankOneColumns keeps the padding 0 when a gradient or an input is not finite, to %i outputs",
  (out) => {
    const stride = strideOf(out);
    const W = new Float32Array(3 * stride);
    const g = new Float32Array(out).fill(1).fill(Number.NaN, 1);
    const x = Float32Array.of(Number.POSITIVE_INFINITY, 1, Number.NaN);
    const { left } = expectSideBySide([W, g, x], (kernels, W, g, x) => kernels.rankOneColumns(W!, g!, x!, 1, out, 3));
    for (let i = 0; i < 3; i++) {
      expect([...left[0]!.subarray(i * stride + out, (i + 1) * stride)]).toEqual(Array(stride - out).fill(0));
    }
  },
);
