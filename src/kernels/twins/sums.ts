// Sums of products, as the formulas write them.

/** `Σ term(i)` for i < n, in double precision. */
export function sumOf(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum;
}

/** How many elements lie between two columns of a matrix `[out, in]` by columns. */
export const strideOf = (out: number): number => (out + 3) & ~3;
