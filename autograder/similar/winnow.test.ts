import { describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import { gramLength, gramsOf, guaranteed, windowLength, winnow } from "./winnow.js";

const codes = (size: { minLength: number; maxLength: number }, letters = 1000) =>
  fc.array(fc.nat(letters), size).map((values) => Int32Array.from(values));

const never = (): boolean => false;

const printsOf = (tokens: Int32Array): Set<number> => {
  const grams = gramsOf(tokens);
  return new Set(winnow(grams, never).map((at) => grams[at]!));
};

describe("the hash of k tokens", () => {
  test("depends on these tokens alone, wherever they stand", () => {
    fc.assert(
      fc.property(codes({ minLength: 0, maxLength: 30 }), codes({ minLength: 20, maxLength: 20 }), (before, text) => {
        const alone = gramsOf(text);
        const after = gramsOf(Int32Array.from([...before, ...text]));
        expect([...after.slice(before.length)]).toEqual([...alone]);
      }),
    );
  });

  test("depends on their order; there is none of fewer tokens", () => {
    const some = Int32Array.from({ length: gramLength }, (_, i) => i);
    expect(gramsOf(some)[0]).not.toBe(gramsOf(some.toReversed())[0]);
    expect(gramsOf(some.slice(1))).toHaveLength(0);
  });
});

describe("winnowing", () => {
  test("finds every run of w + k − 1 tokens that two texts share, whatever stands around it", () => {
    const around = codes({ minLength: 0, maxLength: 60 });
    const run = codes({ minLength: guaranteed, maxLength: guaranteed });
    fc.assert(
      fc.property(run, around, around, around, around, (shared, a, b, c, d) => {
        const [one, other] = [Int32Array.from([...a, ...shared, ...b]), Int32Array.from([...c, ...shared, ...d])];
        expect([...printsOf(one)].some((gram) => printsOf(other).has(gram))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps one position at least in each window, in order, and about a third of all", () => {
    const grams = gramsOf(Int32Array.from({ length: 3000 }, (_, i) => Math.imul(i, 0x9e3779b1)));
    const kept = winnow(grams, never);
    const gaps = kept.slice(1).map((at, i) => at - kept[i]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(windowLength);
    expect(kept.length / grams.length).toBeCloseTo(2 / (windowLength + 1), 1);
  });

  test("passes over what is given", () => {
    const grams = gramsOf(Int32Array.from({ length: 60 }, (_, i) => i * i));
    const given = new Set([...grams].slice(10, 30));
    const kept = winnow(grams, (gram) => given.has(gram)).map((at) => grams[at]!);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.some((gram) => given.has(gram))).toBe(false);
  });

  test("keeps something of a text shorter than a window", () => {
    expect(winnow(Uint32Array.from([5, 3, 9]), never)).toEqual([1]);
    expect(winnow(new Uint32Array(0), never)).toEqual([]);
  });
});
