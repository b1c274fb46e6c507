// The passages that two works share: from each fingerprint they have in common, as far as the tokens are the same.

import { gramLength } from "./winnow.js";
import type { Work } from "./work.js";

export interface Run {
  /** Where it begins, in the tokens of each. */
  readonly inA: number;
  readonly inB: number;
  /** How many tokens it spans. */
  readonly span: number;
  /** How many of them are neither the course's nor everybody's. */
  readonly length: number;
  /** That of its rarest fingerprint, in [0, 1]. */
  readonly weight: number;
}

/** The longest first; no token stands in two of them. */
export function sharedRuns(a: Work, b: Work, weightOf: (gram: number) => number): Run[] {
  const shared = [...a.prints].filter(([gram]) => b.prints.has(gram));
  const common = shared.filter(([gram]) => weightOf(gram) === 0).flatMap(([, places]) => places);
  const counts = countsOf(a, common);
  const seeds = shared.flatMap(([gram, places]) => {
    const weight = weightOf(gram);
    if (weight === 0) return [];
    return places.flatMap((inA) => b.prints.get(gram)!.map((inB) => ({ inA, inB, weight })));
  });
  const runs = joined(seeds.slice(0, mostSeeds), a, b);
  return withoutOverlaps(runs.map((run) => ({ ...run, length: counted(run, counts) })));
}

/** Far more than work of the usual size has; code that repeats itself has the square of it. */
const mostSeeds = 3_000;

interface Seed {
  readonly inA: number;
  readonly inB: number;
  readonly weight: number;
}

/** Tokens that count: those of the course or of a passage that everybody has do not. */
function countsOf({ isGiven }: Work, common: readonly number[]): Uint8Array {
  const counts = isGiven.map((given) => 1 - given);
  for (const at of common) counts.fill(0, at, at + gramLength);
  return counts;
}

const counted = ({ inA, span }: { readonly inA: number; readonly span: number }, counts: Uint8Array): number =>
  counts.subarray(inA, inA + span).reduce((sum, one) => sum + one, 0);

/** A run for the seeds that lie in it, which are as far from one another in both works. */
function joined(seeds: readonly Seed[], a: Work, b: Work): Omit<Run, "length">[] {
  const runs: Omit<Run, "length">[] = [];
  const last = new Map<number, number>();
  for (const { inA, inB, weight } of [...seeds].sort((x, y) => x.inA - y.inA)) {
    const at = last.get(inA - inB);
    const before = at === undefined ? undefined : runs[at]!;
    if (at !== undefined && before !== undefined && inA < before.inA + before.span) {
      runs[at] = { ...before, weight: Math.max(weight, before.weight) };
      continue;
    }
    last.set(inA - inB, runs.length);
    runs.push({ ...extended(a, b, inA, inB), weight });
  }
  return runs;
}

function extended(a: Work, b: Work, inA: number, inB: number): { inA: number; inB: number; span: number } {
  const [x, y] = [a.tokens.codes, b.tokens.codes];
  let before = 0;
  while (before < Math.min(inA, inB) && x[inA - before - 1] === y[inB - before - 1]) before++;
  let after = 0;
  while (inA + after < x.length && inB + after < y.length && x[inA + after] === y[inB + after]) after++;
  return { inA: inA - before, inB: inB - before, span: before + after };
}

/** Greedy: the longest, then the longest of what does not touch it. */
function withoutOverlaps(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  // Two runs with one hash are most often, and not always, the same: those that are not are short.
  const long = runs.filter(({ length }) => length >= gramLength);
  for (const run of long.sort((r, s) => s.length - r.length || r.inA - s.inA)) {
    if (kept.length < mostRuns && !kept.some((other) => overlap(run, other))) kept.push(run);
  }
  return kept;
}

const mostRuns = 200;

const overlap = (r: Run, s: Run): boolean =>
  (r.inA < s.inA + s.span && s.inA < r.inA + r.span) || (r.inB < s.inB + s.span && s.inB < r.inB + r.span);
