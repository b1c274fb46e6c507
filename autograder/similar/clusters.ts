// Groups of works that are linked by strong likeness: a copy that went round shows as one group, and not as ten pairs.
import type { Pair } from "./compare.js";
import type { Work } from "./work.js";

export interface Cluster {
  readonly works: readonly Work[];
  readonly pairs: readonly Pair[];
}

/** The biggest first. */
export function clustersOf(pairs: readonly Pair[]): Cluster[] {
  const strong = pairs.filter(({ level }) => level === "strong");
  const group = new Map<Work, Set<Work>>();
  for (const { a, b } of strong) {
    const joined = new Set([...(group.get(a) ?? [a]), ...(group.get(b) ?? [b])]);
    for (const work of joined) group.set(work, joined);
  }
  return [...new Set(group.values())]
    .map((works) => ({ works: [...works], pairs: strong.filter(({ a }) => works.has(a)) }))
    .sort((x, y) => y.works.length - x.works.length);
}
