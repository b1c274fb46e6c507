// A class compared with itself: which pairs share passages that few others have, how much of their work that is.
import { shareSomebody } from "./people.js";
import { type Run, sharedRuns } from "./shared-runs.js";
import { guaranteed } from "./winnow.js";
import type { Work } from "./work.js";

export interface Pair {
  readonly a: Work;
  readonly b: Work;
  /** Of what the one with less has written and few others have: how much stands in both, in [0, 1]. */
  readonly share: number;
  /** What stands in both, the longest first; none is the course's, or everybody's. */
  readonly runs: readonly Run[];
  /** How many of the runs hold a passage that hardly anybody else has. */
  readonly rareRuns: number;
  /** In tokens. */
  readonly longest: number;
  readonly level: Level;
}

/** To be read first, to be read, alike as short answers are. */
export type Level = "strong" | "some" | "weak";

export interface Comparison {
  /** The most alike first. */
  readonly pairs: readonly Pair[];
  /** Fingerprints that too many have to say anything of two. */
  readonly common: Common;
  /** Pairs not compared, since they have somebody in common. */
  readonly together: readonly (readonly [Work, Work])[];
}

/** How many people have each fingerprint; `limit` is the most that may have one that counts. */
export interface Common {
  readonly people: ReadonlyMap<number, number>;
  readonly limit: number;
}

/** Pairs of which fragments are looked for; the others are less alike than these. */
const mostPairs = 1_000;

/** Pure; `onProgress` is told a fraction. */
export function compareWorks(works: readonly Work[], onProgress: (fraction: number) => void = () => {}): Comparison {
  const common = countPeople(works);
  const weights = works.map((work) => ownWeight(work, common));
  const holders = holdersOf(works, common);
  const found: Found[] = [];
  const together: (readonly [Work, Work])[] = [];
  for (const [i, work] of works.entries()) {
    for (const { j, weight } of alike(i, work, holders, works.length, common)) {
      const other = works[j]!;
      if (work.isEarlier && other.isEarlier) continue;
      if (shareSomebody(work.people, other.people)) together.push([work, other]);
      else found.push({ i, j, share: weight / Math.max(leastWeight, Math.min(weights[i]!, weights[j]!)) });
    }
    keepBest(found, 4 * mostPairs);
    onProgress((0.5 * (i + 1)) / works.length);
  }
  keepBest(found, mostPairs);
  const pairs = found.map(({ i, j, share }, n) => {
    onProgress(0.5 + (0.5 * n) / found.length);
    return toPair(works[i]!, works[j]!, Math.min(1, share), common);
  });
  return { pairs: pairs.filter(({ longest }) => longest >= guaranteed).sort(byStrength), common, together };
}

interface Found {
  readonly i: number;
  readonly j: number;
  readonly share: number;
}

/** Fewer fingerprints than this are too few for a share of them to say much. */
const leastWeight = 12;
/** Of pairs that share less nothing is said. */
const leastShare = 0.03;

function keepBest(found: Found[], most: number): void {
  if (found.length <= most) return;
  found.sort((a, b) => b.share - a.share);
  found.length = most;
}

/** By the first of its people: what one student handed in twice is had by one. */
function countPeople(works: readonly Work[]): Common {
  const owned = new Map<string, Work[]>();
  for (const work of works) owned.set(work.people[0]!, [...(owned.get(work.people[0]!) ?? []), work]);
  const people = new Map<number, number>();
  for (const group of owned.values()) {
    for (const gram of new Set(group.flatMap(({ prints }) => [...prints.keys()]))) {
      people.set(gram, (people.get(gram) ?? 0) + 1);
    }
  }
  return { people, limit: limitOf(owned.size) };
}

/** A group that copies is smaller than a quarter of the class; in a small one, than eight. */
const limitOf = (people: number): number => Math.max(8, Math.floor(people / 4));

/** What two alone have counts whole, what eight have a quarter, what everybody has nothing. */
function weightOf(gram: number, { people, limit }: Common): number {
  const having = people.get(gram) ?? 1;
  return having > limit ? 0 : 2 / Math.max(2, having);
}

const ownWeight = ({ prints }: Work, common: Common): number =>
  [...prints.keys()].reduce((sum, gram) => sum + weightOf(gram, common), 0);

/** Who has each fingerprint that counts and that somebody shares. */
function holdersOf(works: readonly Work[], common: Common): Map<number, number[]> {
  const holders = new Map<number, number[]>();
  for (const [i, { prints }] of works.entries()) {
    for (const gram of prints.keys()) {
      if (weightOf(gram, common) === 0) continue;
      const holding = holders.get(gram);
      if (holding === undefined) holders.set(gram, [i]);
      else holding.push(i);
    }
  }
  return holders;
}

/** The later works that share something with this one, and how much. */
function alike(
  i: number,
  { prints }: Work,
  holders: ReadonlyMap<number, readonly number[]>,
  count: number,
  common: Common,
): { j: number; weight: number }[] {
  const shared = new Float64Array(count);
  for (const gram of prints.keys()) {
    const weight = weightOf(gram, common);
    for (const j of holders.get(gram) ?? []) if (j > i) shared[j]! += weight;
  }
  return [...shared].flatMap((weight, j) => (weight > leastShare * leastWeight ? [{ j, weight }] : []));
}

function toPair(a: Work, b: Work, share: number, common: Common): Pair {
  const runs = sharedRuns(a, b, (gram) => weightOf(gram, common));
  const longest = (least: number): number =>
    Math.max(0, ...runs.filter(({ weight }) => weight >= least).map(({ length }) => length));
  const rareRuns = runs.filter(({ weight }) => weight >= rare).length;
  return { a, b, share, runs, rareRuns, longest: longest(0), level: levelOf(share, longest(seldom)) };
}

/** The weight of what four have, at most. */
const rare = 0.5;
/** That of what eight have: a long passage that more have says something only where it is much of the work. */
const seldom = 0.25;

/** Independent answers to the course share less than a tenth and no run of four guaranteed lengths: see the tests. */
function levelOf(share: number, longest: number): Level {
  if (share >= 0.5 || longest >= 5 * guaranteed) return "strong";
  return share >= 0.2 || longest >= 3.5 * guaranteed ? "some" : "weak";
}

const rank: Readonly<Record<Level, number>> = { strong: 0, some: 1, weak: 2 };

const byStrength = (x: Pair, y: Pair): number =>
  rank[x.level] - rank[y.level] || y.share - x.share || y.longest - x.longest;
