// What so many wrote that it says nothing of two of them: shown once, so that staff see what was left out.
import type { Common } from "./compare.js";
import { type Excerpt, excerptsOf } from "./excerpts.js";
import { gramLength } from "./winnow.js";
import type { Work } from "./work.js";

export interface CommonPassage {
  /** How many people wrote it, at most. */
  readonly people: number;
  /** As one of them wrote it. */
  readonly excerpts: readonly Excerpt[];
}

const mostPassages = 20;

/** Those that most people wrote first. */
export function commonPassages(works: readonly Work[], common: Common): CommonPassage[] {
  const seen = new Set<number>();
  const found = works.flatMap((work) => stretches(work, common, seen).map((stretch) => ({ work, ...stretch })));
  return found
    .sort((x, y) => y.people - x.people || y.span - x.span)
    .slice(0, mostPassages)
    .map(({ work, from, span, people }) => ({ people, excerpts: excerptsOf(work, from, span) }));
}

interface Stretch {
  readonly from: number;
  readonly span: number;
  readonly people: number;
}

/** Fingerprints of this work that no earlier one had, those that touch joined. */
function stretches({ prints }: Work, { people, limit }: Common, seen: Set<number>): Stretch[] {
  const fresh = [...prints].filter(([gram]) => (people.get(gram) ?? 0) > limit && !seen.has(gram));
  const joined: Stretch[] = [];
  for (const [gram, [from = 0]] of fresh.sort(([, [x = 0]], [, [y = 0]]) => x - y)) {
    seen.add(gram);
    const count = people.get(gram)!;
    const last = joined.at(-1);
    if (last === undefined || from > last.from + last.span) joined.push({ from, span: gramLength, people: count });
    else joined[joined.length - 1] = joinTo(last, from, count);
  }
  return joined;
}

const joinTo = (last: Stretch, from: number, count: number): Stretch => ({
  from: last.from,
  span: from + gramLength - last.from,
  people: Math.max(last.people, count),
});
