// A function that was cut in two by a slip in the notebook, and reads as one again.
import { joinedCells, joinedPlace } from "./messages.fr.js";
import type { Piece } from "./piece.js";
import { isSound, isSoundPiece } from "./statements.js";

/** Joins a cell that is no complete code with those after it, where together they are. */
export function joinSplitCells(pieces: readonly Piece[]): { pieces: Piece[]; notices: string[] } {
  const joined: Piece[] = [];
  const notices: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const parts = partsFrom(pieces, i);
    joined.push(parts.length === 1 ? parts[0]! : join(parts));
    if (parts.length > 1) notices.push(joinedCells(parts.map(({ place }) => place)));
    i += parts.length - 1;
  }
  return { pieces: joined, notices };
}

const mostParts = 4;
/** Trying costs a parse; what is longer was not written by hand. */
const longest = 20_000;

function partsFrom(pieces: readonly Piece[], i: number): readonly Piece[] {
  const first = pieces[i]!;
  if (first.text.length > longest || isSoundPiece(first)) return [first];
  for (let n = 2; n <= mostParts && i + n <= pieces.length; n++) {
    const parts = pieces.slice(i, i + n);
    const text = joinTexts(parts);
    if (text.length > longest) break;
    if (isSound(text)) return parts;
  }
  return [first];
}

function join(parts: readonly Piece[]): Piece {
  const exercises = parts.find((part) => part.exercises !== undefined)?.exercises;
  const ran = parts.find((part) => part.ran !== undefined)?.ran;
  return {
    place: joinedPlace(parts.map(({ place }) => place)),
    text: joinTexts(parts),
    ...(exercises === undefined ? {} : { exercises }),
    ...(ran === undefined ? {} : { ran }),
  };
}

const joinTexts = (parts: readonly Piece[]): string => parts.map(({ text }) => text).join("\n");
