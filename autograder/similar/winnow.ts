// Winnowing: of all runs of k tokens a few are kept, always the same ones, so that two texts that share a run of w + k − 1
// tokens share a fingerprint. S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document fingerprinting", 2003.

/** Shorter runs than this are shared by chance. */
export const gramLength = 12;
export const windowLength = 5;
/** Every shared run of so many tokens is found. */
export const guaranteed = windowLength + gramLength - 1;

/** The hash of the `length` tokens from each position on: the next one is had from the one before. */
export function gramsOf(codes: Int32Array, length = gramLength): Uint32Array {
  const count = Math.max(0, codes.length - length + 1);
  const grams = new Uint32Array(count);
  const top = power(base, length - 1);
  let hash = 0;
  for (let i = 0; i < codes.length; i++) {
    if (i >= length) hash = (hash - Math.imul(codes[i - length]!, top)) | 0;
    hash = (Math.imul(hash, base) + codes[i]!) | 0;
    if (i >= length - 1) grams[i - length + 1] = mix(hash);
  }
  return grams;
}

const base = 0x01000193;

function power(factor: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, factor);
  return result;
}

/** The order of hashes must say nothing of the tokens. */
function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/**
 * The positions that are kept: in each window of `length` grams the rightmost of the smallest. Grams of the course's own
 * code are passed over, in every text alike.
 */
export function winnow(grams: Uint32Array, isGiven: (gram: number) => boolean, length = windowLength): number[] {
  const kept: number[] = [];
  /** Positions whose grams grow: the first is the smallest of the window. */
  let candidates: number[] = [];
  for (let i = 0; i < grams.length; i++) {
    const gram = grams[i]!;
    if (!isGiven(gram)) candidates = [...candidates.filter((at) => grams[at]! < gram), i];
    if (candidates[0] !== undefined && candidates[0] <= i - length) candidates.shift();
    const isWhole = i >= Math.min(length, grams.length) - 1;
    if (isWhole && candidates[0] !== undefined && candidates[0] !== kept.at(-1)) kept.push(candidates[0]);
  }
  return kept;
}
