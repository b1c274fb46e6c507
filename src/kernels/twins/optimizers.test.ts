import { expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { blocks, type Comparison, expectSideBySide } from "../../../test/side-by-side.js";

// The kernels compute in float32, each step and each constant rounded; the twins in double precision, and they round what they
// store. So what both leave is the same within some roundings of the largest number on the way, and not to the last bit.

/** What a float32 loses at most when it is rounded, as a part of it. */
const rounding = 2 ** -24;
/** What a subnormal one does. */
const smallest = 2 ** -150;

const smallestNormal = 2 ** -126;

/** Within `steps` roundings of numbers as large as the i-th of `magnitudes[block]`; blocks without have the same bits. */
const within =
  (steps: number, magnitudes: readonly (((i: number) => number) | undefined)[]): Comparison =>
  (received, expected, i, block) => {
    const magnitude = magnitudes[block]?.(i);
    if (magnitude === undefined) return Object.is(received, expected);
    return Math.abs(received - expected) <= steps * (rounding * magnitude + smallest);
  };

const moderate = fc.oneof(fc.constantFrom(0, -0), fc.float({ min: -10, max: 10, noNaN: true }));
const rates = fc.double({ min: 1e-4, max: 1, noNaN: true });
const memories = fc.constantFrom(0, 0.5, 0.9, 0.999);
const penalties = fc.constantFrom(0, 1e-4, 0.1);

test("sgd without velocities moves against the gradient and its penalties, within 6 roundings of its twin", () => {
  fc.assert(
    fc.property(blocks(2, moderate), rates, penalties, penalties, ([W, G], rate, decay, l1) => {
      const size = (i: number) => Math.abs(W![i]!) + rate * pull(W!, G!, i, decay, l1);
      const call = (W: number, g: number) => [W, g, 0, rate, 0.9, 1, true, decay, l1, G!.length] as const;
      expectSideBySide([W!, G!], (kernels, w, g) => kernels.sgd(...call(w!, g!)), within(6, [size]));
    }),
  );
});

test("sgd with velocities follows its twin within 6 roundings, 8 with nesterov", () => {
  fc.assert(
    fc.property(
      blocks(3, moderate),
      fc.record({ rate: rates, momentum: memories, gain: rates, decay: penalties, l1: penalties }),
      fc.boolean(),
      ([W, G, V], { rate, momentum, gain, decay, l1 }, nesterov) => {
        const speed = (i: number) => momentum * Math.abs(V![i]!) + gain * pull(W!, G!, i, decay, l1);
        const size = (i: number) =>
          Math.abs(W![i]!) + rate * (1 + gain) * (speed(i) + gain * pull(W!, G!, i, decay, l1));
        expectSideBySide(
          [W!, G!, V!],
          (kernels, W, g, v) => kernels.sgd(W!, g!, v!, rate, momentum, gain, nesterov, decay, l1, G!.length),
          within(nesterov ? 8 : 6, [size, undefined, speed]),
        );
      },
    ),
  );
});

/** How large the terms of `g + decay W + l1 sign(W)` are. */
const pull = (W: Float32Array, G: Float32Array, i: number, decay: number, l1: number): number =>
  Math.abs(G[i]!) + decay * Math.abs(W[i]!) + l1;

test("sgd takes 0 for the sign of 0, and leaves such a weight alone", () => {
  const W = Float32Array.of(0, -0, 2, -2);
  const { left } = expectSideBySide([W, new Float32Array(4)], (kernels, W, g) =>
    kernels.sgd(W!, g!, 0, 0.5, 0, 0, false, 0, 1, 4),
  );
  expect(left[0]).toEqual(Float32Array.of(0, -0, 1.5, -1.5));
});

test("adam follows its twin within 12 roundings, where gradient and decay pull the same way", () => {
  fc.assert(
    fc.property(
      blocks(4, moderate),
      fc.record({
        rate: rates,
        beta1: memories,
        beta2: memories,
        decay: penalties,
        age: fc.integer({ min: 1, max: 50 }),
      }),
      ([W, pulls, M, squares], { rate, beta1, beta2, decay, age }) => {
        const G = pulls!.map((g, i) => Math.sign(W![i]!) * Math.abs(g)); // what cancels has lost its digits
        const V = squares!.map(Math.abs);
        const correction = 1 - beta2 ** age;
        const first = (i: number) => beta1 * Math.abs(M![i]!) + (1 - beta1) * pull(W!, G, i, decay, 0);
        const second = (i: number) => beta2 * V[i]! + (1 - beta2) * pull(W!, G, i, decay, 0) ** 2;
        const scale = (i: number) => Math.sqrt(second(i) / correction) + 1e-8;
        const size = (i: number) => Math.abs(W![i]!) + (rate * first(i) + smallestNormal) / scale(i);
        expectSideBySide(
          [W!, G, M!, V],
          (kernels, W, g, m, v) => {
            const averages = [beta1, 1 - beta1, beta2, 1 - beta2, correction] as const;
            kernels.adam(W!, g!, m!, v!, rate, ...averages, 1e-8, decay, 1 - rate * decay, G.length);
          },
          within(12, [size, undefined, first, second]),
        );
      },
    ),
  );
});

test("adam moves a weight by its rate at the first step, whatever the size of the gradient", () => {
  const blocks = [
    Float32Array.of(1, 1, 1, 1),
    Float32Array.of(1e-3, -1e-3, 200, 0),
    new Float32Array(4),
    new Float32Array(4),
  ];
  const { left } = expectSideBySide(
    blocks,
    (kernels, W, g, m, v) => kernels.adam(W!, g!, m!, v!, 5, 0.9, 0.1, 0.999, 0.001, 0.001, 1e-8, 0, 1, 4),
    within(
      12,
      Array(4).fill(() => 40),
    ),
  );
  const expected = [0.5, 1.5, 0.5, 1];
  for (let i = 0; i < 4; i++) expect(left[0]![i]).toBeCloseTo(expected[i]!, 4);
});
