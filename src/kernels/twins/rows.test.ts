import { expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { numbers, withinRoundings } from "../../../test/rounded-sums.js";
import { expectSideBySide, size } from "../../../test/side-by-side.js";
import { sumOf } from "./sums.js";

const seeds = fc.nat();

test("fillRows repeats a row", () => {
  fc.assert(
    fc.property(size(20), size(), seeds, (rows, n, seed) => {
      expectSideBySide([new Float32Array(rows * n), numbers(n, seed)], (kernels, y, b) =>
        kernels.fillRows(y!, b!, rows, n),
      );
    }),
  );
});

test("sumRows adds up rows, alpha times, added or in place of what was there", () => {
  fc.assert(
    fc.property(size(), size(), seeds, fc.constantFrom(1, 1 / 64, -0.01), fc.boolean(), (rows, n, seed, alpha, add) => {
      const [g, before] = [numbers(rows * n, seed), numbers(n, seed + 1)];
      const added = (j: number) =>
        Math.abs(before[j]!) + Math.abs(alpha) * sumOf(rows, (row) => Math.abs(g[row * n + j]!));
      expectSideBySide(
        [add ? before : new Float32Array(n).fill(Number.NaN), g],
        (kernels, out, g) => kernels.sumRows(out!, g!, Math.fround(alpha), rows, n, add),
        withinRoundings(rows + 4, added),
      );
    }),
  );
});

test("sumRows adds the rows in their order", () => {
  const g = Float32Array.of(1, 2 ** 24, 1, -(2 ** 24), 1);
  const { left } = expectSideBySide(
    [new Float32Array(1), g],
    (kernels, out, g) => kernels.sumRows(out!, g!, 1, 5, 1, false),
    withinRoundings(5, () => 2 ** 25),
  );
  expect(left[0]![0]).toBe(1); // 1 + 2²⁴ and 2²⁴ + 1 are 2²⁴ in float32
});

test("transpose copies bit for bit, between steps of any size, and leaves alone what lies between rows", () => {
  const shapes = fc.tuple(size(40), size(40), fc.nat(5), fc.nat(5), seeds);
  fc.assert(
    fc.property(shapes, ([rows, columns, aGap, outGap, seed]) => {
      const [aStep, outStep] = [columns + aGap, rows + outGap];
      const a = numbers(rows * aStep, seed).map((value, i) => (i % aStep < columns ? value : Number.NaN));
      const out = new Float32Array(columns * outStep).fill(7);
      expectSideBySide([out, a], (kernels, out, a) => kernels.transpose(out!, a!, rows, columns, aStep, outStep));
    }),
  );
});
