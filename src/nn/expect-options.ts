// Checks of what layers and networks are made with.
import { describeValue } from "../nd/describe.js";
import { RandomGenerator } from "../nd/random.js";

/** Checks that a layer is at least one number wide. */
export function expectDimension(where: string, name: string, dimension: number): void {
  if (Number.isSafeInteger(dimension) && dimension >= 1) return;
  throw new RangeError(`${where}: ${name} must be a whole number ≥ 1, received ${describeValue(dimension)}`);
}

/** Checks that there is a generator to draw from. */
export function expectRandom(where: string, random: unknown): RandomGenerator {
  if (random instanceof RandomGenerator) return random;
  throw new TypeError(
    `${where}: random must be a RandomGenerator, received ${describeValue(random)}: give { random: new RandomGenerator(seed) }`,
  );
}
