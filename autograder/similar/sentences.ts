// Sentences of the answers in words, in a form in which copies are equal: case, accents, marks and layout aside.
import { plainName } from "../practice/table.js";
import { shareSomebody } from "./people.js";

/** Two people write the same short sentence by chance. */
const leastWords = 13;
/** Nobody writes more; what is beyond is not compared. */
const mostCharacters = 200_000;
const mostSentences = 2_000;

/** From the normal form of each long sentence to how it was written. */
export function longSentences(texts: Iterable<string>, given: ReadonlySet<string> = new Set()): Map<string, string> {
  const found = new Map<string, string>();
  const whole = [...texts].join("\n\n").slice(0, mostCharacters).replace(picture, " ");
  for (const written of whole.split(/(?<=[.!?…;:])\s+|\n\s*\n|\n\s*[-*•]\s/)) {
    const normal = plainName(written);
    const isLong = normal.split(" ").length >= leastWords;
    if (isLong && !given.has(normal) && found.size < mostSentences) found.set(normal, written.trim());
  }
  return found;
}

const picture = /!\[[^\]]{0,100}\]\([^)]*\)|data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]*/g;

/** A sentence that several people wrote. */
export interface SharedSentence<W> {
  readonly text: string;
  readonly works: readonly W[];
}

interface Written {
  readonly people: readonly string[];
  readonly isEarlier: boolean;
  readonly sentences: ReadonlyMap<string, string>;
}

/** Those that fewest share first: what everybody writes was said in class. */
export function sharedSentences<W extends Written>(works: readonly W[]): SharedSentence<W>[] {
  const writers = new Map<string, W[]>();
  for (const work of works) {
    for (const normal of work.sentences.keys()) writers.set(normal, [...(writers.get(normal) ?? []), work]);
  }
  const shared = [...writers].filter(([, by]) => by.some((work) => !work.isEarlier) && areSeveral(by));
  const found = shared.map(([normal, works]) => ({ text: works[0]!.sentences.get(normal)!, works }));
  return found.sort((x, y) => x.works.length - y.works.length || y.text.length - x.text.length);
}

const areSeveral = (works: readonly Written[]): boolean =>
  works.slice(1).some(({ people }) => !shareSomebody(people, works[0]!.people));
