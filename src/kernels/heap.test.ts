import { describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import {
  copyIn,
  copyOut,
  floats,
  HeapError,
  heapMemory,
  heapSize,
  liveView,
  openHeap,
  release,
  retain,
  take,
} from "./heap.js";
import { keep, keepNumber, readKept } from "./kept.js";

openHeap();

const numbers = (n: number, first: number) => Float32Array.from({ length: n }, (_, i) => first + i);

test("blocks begin at multiples of 64 bytes and do not overlap, whatever their sizes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 30 }), (sizes) => {
      const blocks = sizes.map((n, k) => copyIn(numbers(n, 10_000 * k)));
      for (const { pointer } of blocks) expect(pointer % 64).toBe(0);
      const readBack = blocks.map((block, k) => copyOut(block, sizes[k]!));
      expect(readBack).toEqual(sizes.map((n, k) => numbers(n, 10_000 * k)));
      blocks.forEach(release);
    }),
    { numRuns: 50 },
  );
});

test("a block that was given back is used again for the same size, and not before its last reference is gone", () => {
  const block = take(100);
  retain(block);
  release(block);
  const other = take(100);
  expect(other.pointer).not.toBe(block.pointer);
  release(block);
  expect(take(97).pointer).toBe(block.pointer); // 97 and 100 are of one size class
  release(other);
  release(block);
});

test("at most a fifth of a block is wasted, beyond 64 numbers", () => {
  for (const n of [65, 80, 81, 97, 128, 129, 1000, 1025, 100_000, 1_000_003]) {
    const before = heapSize().inUse;
    const block = take(n);
    const bytes = heapSize().inUse - before;
    expect([bytes >= 4 * n, bytes <= 1.26 * 4 * n]).toEqual([true, true]);
    release(block);
  }
});

test("views stay attached when the memory grows", () => {
  const block = copyIn(numbers(1000, 5));
  const view = liveView(block, 1000);
  const before = heapMemory().buffer.byteLength;
  const large = take(before / 4 + 1);
  expect(heapMemory().buffer.byteLength).toBeGreaterThan(before);
  floats[block.pointer >>> 2] = -1;
  expect([view[0], view[999]]).toEqual([-1, 1004]);
  release(large);
  release(block);
});

test("memory that the system does not have is refused with what to do, and the heap goes on", () => {
  const before = heapSize();
  expect(() => take(2 ** 30)).toThrow(HeapError);
  expect(() => take(2 ** 30)).toThrow(/the memory for tensors is full \(\d+ MB\): train on smaller batches/);
  expect(heapSize()).toEqual(before);
  release(take(1000));
});

describe("kept values", () => {
  test("survive their block, of any size", () => {
    const sizes = [0, 1, 10, 16, 17, 100, 256, 257, 1024, 1025, 10_000];
    const kept = sizes.map((n) => {
      const block = copyIn(numbers(n, n));
      const place = keep(block, n);
      floats.fill(Number.NaN, block.pointer >>> 2, (block.pointer >>> 2) + n);
      release(block);
      return place;
    });
    expect(kept.map((place, k) => readKept(place, sizes[k]!))).toEqual(sizes.map((n) => numbers(n, n)));
  });

  test("are copies when read: writing to one changes nothing", () => {
    const place = keepNumber(3);
    readKept(place, 1)[0] = 7;
    expect(readKept(place, 1)[0]).toBe(3);
  });
});
