// How work is cut into parts for several threads.

/** Some neighbours of n. */
export interface Part {
  readonly start: number;
  readonly length: number;
}

/** Cuts n into at most `count` parts, about as long as each other, which begin at multiples of `step`. */
export function partsOf(n: number, count: number, step: number): Part[] {
  const cuts = Array.from({ length: count }, (_, i) => Math.min(n, step * Math.round((i * n) / count / step)));
  return [...cuts.keys()]
    .map((i) => ({ start: cuts[i]!, length: (cuts[i + 1] ?? n) - cuts[i]! }))
    .filter(({ length }) => length > 0);
}
