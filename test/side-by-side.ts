// Runs a kernel and its twin on the same numbers, each in a memory of its own, and compares what they leave there.
import { expect } from "vitest";
import type { Kernels } from "../src/kernels/kernels.js";
import { loadKernels } from "../src/kernels/load.js";
import { twinKernels } from "../src/kernels/twins/index.js";
import fc from "./properties.js";

/** What a pointer leads to. */
export type Block = Float32Array | Int32Array;

/** Calls one kernel, of either kind, on pointers to the blocks. */
export type Call = (kernels: Kernels, ...pointers: number[]) => unknown;

/** Whether two numbers are as good as each other; `i` is where in which block. */
export type Comparison = (received: number, expected: number, i: number, block: number) => boolean;

/** The same number to the last bit; all NaNs are the same. */
export const sameBits: Comparison = (received, expected) => Object.is(received, expected);

interface Outcome {
  readonly left: readonly Float32Array[];
  readonly returned: unknown;
}

/** A number of elements, 0 among them: often a prime, or around a multiple of 4. */
export const size = (max = 70): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 13, 31, 61).map((n) => Math.min(n, max)),
    fc.integer({ min: 0, max }),
  );

/** Any float32: often an ordinary one, or one where a function changes its ways. */
export const float32: fc.Arbitrary<number> = fc.oneof(
  fc.float({ min: -20, max: 20, noNaN: true }),
  fc.float(),
  fc.constantFrom(...edges()),
);

/** Zeros, infinities, NaN, subnormals, large logits, and the limits within exp, log and tanh with their neighbours. */
function edges(): number[] {
  const sizes = [0, 2 ** -149, 2 ** -126 - 2 ** -149, 2 ** -27, 0.625, 1, 1e4, 3.4028234663852886e38, Infinity];
  const limits = [
    Math.LN2 / 2,
    Math.SQRT1_2,
    Math.SQRT2,
    9.010914,
    19.07,
    87.33655,
    88.72284,
    103.27893,
    103.97208,
    700,
  ];
  const around = [...sizes, ...limits].flatMap((x) => [x, x * (1 - 1e-7), x * (1 + 1e-7)].map(Math.fround));
  return [...around, ...around.map((x) => -x), Number.NaN];
}

/** A block of n numbers. */
export const block = (n: number, number = float32): fc.Arbitrary<Float32Array> =>
  fc.array(number, { minLength: n, maxLength: n }).map((values) => Float32Array.from(values));

/** `count` blocks, all of the same random size. */
export const blocks = (count: number, number = float32): fc.Arbitrary<Float32Array[]> =>
  size().chain((n) => fc.array(block(n, number), { minLength: count, maxLength: count }));

const pages = 16;
const shared = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
const compiled = inMemory(shared.buffer, loadKernels(shared));
const plain = new ArrayBuffer(shared.buffer.byteLength);
const twins = inMemory(plain, twinKernels({ floats: new Float32Array(plain), words: new Int32Array(plain) }));

function inMemory(buffer: ArrayBuffer, kernels: Kernels) {
  return { kernels, floats: new Float32Array(buffer), words: new Int32Array(buffer) };
}

/** Bits that nobody writes by chance; as a float32, a NaN. */
const canary = 0x7fdabeef;
/** Untouched words between blocks. */
const gap = 16;

/**
 * Lays the blocks out in both memories, NaN behind each and untouchable words around it, and makes the call in both.
 * What both leave in the blocks and return must be the same in the sense of `same`; nothing else may have changed,
 * except behind a block up to the next multiple of 4.
 *
 * @returns what the kernel left in each block of floats, and what it returned
 */
export function expectSideBySide(blocks: readonly Block[], call: Call, same: Comparison = sameBits): Outcome {
  const starts = layOut(blocks);
  const pointers = starts.map((start) => 4 * start);
  const returned = [compiled, twins].map(({ kernels }) => call(kernels, ...pointers));
  blocks.forEach((block, b) => {
    expectSameBlock(block, b, starts[b]!, same);
  });
  expectCanaries(blocks, starts);
  expect(Object.is(returned[0], returned[1]), `returned ${returned[0]} instead of ${returned[1]}`).toBe(true);
  const left = blocks.map(({ length }, b) => compiled.floats.slice(starts[b], starts[b]! + length));
  return { left, returned: returned[0] };
}

/** Fills both memories as far as the blocks reach; gives the word where each begins. */
function layOut(blocks: readonly Block[]): number[] {
  let end = gap;
  const starts = blocks.map(({ length }) => {
    const start = end;
    end += Math.ceil(length / 16) * 16 + gap;
    return start;
  });
  for (const { words, floats } of [compiled, twins]) {
    expect(end, "words in the memory of the test").toBeLessThanOrEqual(words.length);
    words.fill(canary, 0, end);
    blocks.forEach((block, b) => {
      (block instanceof Int32Array ? words : floats).set(block, starts[b]);
    });
  }
  return starts;
}

function expectSameBlock(block: Block, b: number, start: number, same: Comparison): void {
  const seen = block instanceof Int32Array ? "words" : "floats";
  const [received, expected] = [compiled, twins].map((memory) => memory[seen].subarray(start, start + block.length));
  const differs = received!.findIndex((value, i) => !same(value, expected![i]!, i, b));
  expect(
    differs,
    `block ${b}: [${differs}] is ${show(received![differs])} instead of ${show(expected![differs])}`,
  ).toBe(-1);
}

const show = (value: number | undefined) => (Object.is(value, -0) ? "-0" : `${value}`);

function expectCanaries(blocks: readonly Block[], starts: readonly number[]): void {
  let from = 0;
  for (let b = 0; b <= blocks.length; b++) {
    const to = starts[b] ?? from + gap;
    const changed = compiled.words.subarray(from, to).findIndex((word) => word !== canary);
    expect(changed, `something was written ${changed} words behind block ${b - 1}, or before block ${b}`).toBe(-1);
    if (b < blocks.length) from = to + Math.ceil(blocks[b]!.length / 4) * 4;
  }
}
