// Numbers out of measures: medians over rounds, and whether two competitors lost the same.

/** The middle one; of an even count the upper of the two. Throws a RangeError on none. */
export function medianOf(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("medianOf: expected at least one value");
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/**
 * The first step at which losses differ by more than `tolerance` of the expected one, as a sentence; undefined when they
 * agree. Beside losses near 0 the tolerance is absolute.
 */
export function lossDisagreement(
  losses: readonly number[],
  expected: readonly number[],
  tolerance: number,
): string | undefined {
  if (losses.length !== expected.length) return `it gave ${losses.length} losses, expected ${expected.length}`;
  const step = losses.findIndex((loss, i) => {
    return !(Math.abs(loss - expected[i]!) <= tolerance * Math.max(1, Math.abs(expected[i]!)));
  });
  if (step < 0) return undefined;
  return `the loss of step ${step + 1} is ${losses[step]}, expected ${expected[step]}`;
}
