import { matmul, RandomGenerator } from "retroprop";
import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { type Multiply, multiplyBlocked, multiplyFlat, multiplyInOrder, multiplyRows } from "./products.js";

const multiplyNested: Multiply = ({ m, n, k }, C, A, B) => {
  const rowsOf = (M: Float32Array, rows: number, columns: number) =>
    Array.from({ length: rows }, (_, i) => [...M.subarray(i * columns, (i + 1) * columns)]);
  const c = rowsOf(C, m, n);
  multiplyRows({ m, n, k }, c, rowsOf(A, m, k), rowsOf(B, k, n));
  C.set(c.flat());
};

test.each([
  ["multiplyRows", multiplyNested],
  ["multiplyFlat", multiplyFlat],
  ["multiplyInOrder", multiplyInOrder],
  ["multiplyBlocked", multiplyBlocked],
])("%s gives the product of the library, whatever C held", (_, multiply) => {
  const size = fc.integer({ min: 1, max: 13 });
  fc.assert(
    fc.property(size, size, size, fc.integer(), (m, n, k, seed) => {
      const random = new RandomGenerator(seed >>> 0);
      const [A, B] = [random.uniform([m, k]), random.uniform([k, n])];
      const C = new Float32Array(m * n).fill(NaN);
      multiply({ m, n, k }, C, A.data as Float32Array, B.data as Float32Array);
      matmul(A, B).data.forEach((expected, i) => {
        expect(C[i]).toBeCloseTo(expected, 4);
      });
    }),
  );
});
