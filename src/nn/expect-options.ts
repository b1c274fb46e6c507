// Checks of what layers and networks are made with.
import { describeValue } from "../nd/describe.js";
import { RandomGenerator } from "../nd/random.js";

/** Checks that a layer is at least one number wide. */
export function expectDimension(where: string, name: string, dimension: number): void {
  if (Number.isSafeInteger(dimension) && dimension >= 1) return;
  throw new RangeError(`${where}: ${name} must be a whole number ≥ 1, received ${describeValue(dimension)}`);
}

/**
 * `options`, once sure that it is an object, with none but the known names if these are given: a misspelt option would be
 * replaced by its default without a word.
 */
export function expectOptions<T extends object>(where: string, options: T, known?: readonly string[]): T {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const received = options === undefined ? "none" : describeValue(options);
    throw new TypeError(
      `${where}: expected its options by name, as in { ${known?.[0] ?? "learningRate"}: … }, received ${received}`,
    );
  }
  const unknown = known && Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return options;
  throw new TypeError(`${where}: there is no option "${unknown}", only ${known!.join(", ")}`);
}

/** Checks that there is a generator to draw from. */
export function expectRandom(where: string, random: unknown): RandomGenerator {
  if (random instanceof RandomGenerator) return random;
  throw new TypeError(
    `${where}: random must be a RandomGenerator, received ${describeValue(random)}: give { random: new RandomGenerator(seed) }`,
  );
}
