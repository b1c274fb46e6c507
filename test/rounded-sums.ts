// Sums of products in float32 against the same in double precision: what to fill them with, and how far they may differ.
import { RandomGenerator } from "../src/nd/random.js";
import type { Comparison } from "./side-by-side.js";

/** n ordinary numbers, given by a seed: many more than fast-check could draw one by one. */
export const numbers = (n: number, seed: number): Float32Array =>
  Float32Array.from(new RandomGenerator(seed).normal([n]).data);

/**
 * Within `roundings` roundings, in the first block, of the sum of the sizes of all that is added up: whatever the order,
 * each product and each addition loses at most 2⁻²⁴ of that sum. Other blocks have the same bits.
 */
export const withinRoundings =
  (roundings: number, size: (i: number) => number): Comparison =>
  (received, expected, i, block) =>
    Object.is(received, expected) ||
    (block === 0 && Math.abs(received - expected) <= roundings * (2 ** -24 * size(i) + 2 ** -149));
