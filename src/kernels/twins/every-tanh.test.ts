import { expect, test } from "vitest";
import { tanh } from "../../nd/elementary.js";
import { floats, kernels, openHeap, take, words } from "../heap.js";

const most = 2 ** 16;

/** The bits of a positive number, which are in the order of the numbers. */
const bitsOf = (x: number): number => new Uint32Array(Float32Array.of(x).buffer)[0]!;

test("tanh by the kernel rounds to the float32 of the reference for every number from 2⁻²⁸ to 10, where it is 1", () => {
  openHeap();
  const [x, y] = [take(most).pointer, take(most).pointer];
  const end = bitsOf(10);
  for (let first = bitsOf(2 ** -28); first <= end; first += most) {
    for (let i = 0; i < most; i++) words[(x >>> 2) + i] = first + i;
    kernels.tanh(y, x, most);
    const differs = firstDifference(x >>> 2, y >>> 2);
    expect(differs, `tanh(${floats[(x >>> 2) + differs]}) is ${floats[(y >>> 2) + differs]}`).toBe(-1);
  }
  expect(floats[(y >>> 2) + (most - 1)]).toBe(1);
});

function firstDifference(x: number, y: number): number {
  for (let i = 0; i < most; i++) if (Math.fround(tanh(floats[x + i]!)) !== floats[y + i]) return i;
  return -1;
}
