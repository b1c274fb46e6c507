// Random programs give the same numbers by the formulas and by the kernels, whatever the heap held before.
import { afterEach, describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import { type Observation, type Outcome, type Program, programs, Run } from "../../test/random-program.js";
import { type Backend, setBackend } from "../kernels/backend.js";
import { floats, release, take } from "../kernels/heap.js";

function runUnder(backend: Backend, program: Program, expected?: readonly Outcome[], isRestless = false): Run {
  setBackend(backend);
  return new Run(program, expected, isRestless).run();
}

/** The free blocks that the next takers get hold `garbage`. */
function litter(garbage: number): void {
  const blocks = [1, 17, 40, 64, 96, 128, 192, 256, 320, 640, 1024, 4480, 5000].flatMap((n) =>
    Array.from({ length: 12 }, () => [take(n), n] as const),
  );
  for (const [block, n] of blocks) {
    floats.fill(garbage, block.pointer >>> 2, (block.pointer >>> 2) + n);
    release(block);
  }
}

const largest = (observed: readonly Observation[]) =>
  Math.max(
    1,
    ...observed.map(({ data }) => Math.max(0, ...[...(data?.data ?? [])].filter(Number.isFinite).map(Math.abs))),
  );

function expectAlike(actual: Run, expected: Run): void {
  expect(actual.outcomes).toEqual(expected.outcomes);
  expect(actual.observed.map(({ what, data }) => `${what} ${data?.shape}`)).toEqual(
    expected.observed.map(({ what, data }) => `${what} ${data?.shape}`),
  );
  const tolerance = 1e-4 * largest(expected.observed);
  actual.observed.forEach(({ what, data }, i) => {
    data?.data.forEach((value, k) => {
      const wanted = expected.observed[i]!.data!.data[k]!;
      if (!(Math.abs(value - wanted) <= tolerance || Object.is(value, wanted))) {
        expect.fail(`${what}, element ${k}: ${value} by the kernels, ${wanted} by the formulas`);
      }
    });
  });
}

const asBits = ({ observed }: Run) =>
  observed.map(({ what, data }) => `${what}: ${data && new Uint32Array(data.clone().data.buffer).join()}`);

afterEach(() => {
  setBackend("simd");
});

const numRuns = 150;
const interruptAfterTimeLimit = 90_000; // shrinking a program takes long
const timeout = 120_000;

describe("random programs of operations, backwards, steps and looks", () => {
  test(
    "give by the kernels the values, gradients and errors that they give by the formulas",
    () => {
      fc.assert(
        fc.property(programs, (program) => {
          const expected = runUnder("reference", program);
          expectAlike(runUnder("simd", program, expected.outcomes), expected);
        }),
        { numRuns, interruptAfterTimeLimit },
      );
    },
    timeout,
  );

  test(
    "give them under backends that change on the way",
    () => {
      fc.assert(
        fc.property(programs, fc.constantFrom<Backend>("reference", "simd"), (program, first) => {
          const expected = runUnder("reference", program);
          expectAlike(runUnder(first, program, expected.outcomes, true), expected);
        }),
        { numRuns: numRuns / 3, interruptAfterTimeLimit },
      );
    },
    timeout,
  );

  test(
    "give the same bits whatever the heap held before",
    () => {
      fc.assert(
        fc.property(programs, (program) => {
          const { outcomes } = runUnder("reference", program);
          litter(Number.NaN);
          const afterNaN = runUnder("simd", program, outcomes);
          litter(1e30);
          expect(asBits(runUnder("simd", program, outcomes))).toEqual(asBits(afterNaN));
        }),
        { numRuns: numRuns / 3, interruptAfterTimeLimit },
      );
    },
    timeout,
  );
});
