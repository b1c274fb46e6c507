// A shared passage as it stands in one work: whole lines, with what is shared told apart from what surrounds it.
import type { Work } from "./work.js";

export interface Excerpt {
  /** `cellule 12`, `tp1.ts`. */
  readonly place: string;
  readonly fromLine: number;
  readonly toLine: number;
  readonly before: string;
  readonly shared: string;
  readonly after: string;
}

/** One for each cell that the passage reaches into. */
export function excerptsOf(work: Work, from: number, span: number): Excerpt[] {
  const { pieces, starts, ends } = work.tokens;
  const found: Excerpt[] = [];
  for (let first = from; first < from + span; ) {
    let last = first;
    let end = ends[first]!;
    while (last + 1 < from + span && pieces[last + 1] === pieces[first]) end = Math.max(end, ends[++last]!);
    const { place, text } = work.pieces[pieces[first]!]!;
    found.push(excerpt(place, text, starts[first]!, end));
    first = last + 1;
  }
  return found;
}

/** Code is on lines of its own: one that is longer is generated. */
const mostAround = 300;

function excerpt(place: string, text: string, start: number, end: number): Excerpt {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const nextLine = text.indexOf("\n", end);
  const lineEnd = nextLine === -1 ? text.length : nextLine;
  return {
    place,
    fromLine: lineOf(text, start),
    toLine: lineOf(text, end),
    before: text.slice(Math.max(lineStart, start - mostAround), start),
    shared: text.slice(start, end),
    after: text.slice(end, Math.min(lineEnd, end + mostAround)),
  };
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next !== -1 && next < at; next = text.indexOf("\n", next + 1)) line++;
  return line;
}
