// A notebook's JSON without its outputs, as its bytes go by: what is kept is small, whatever the figures weigh.
import { IntakeError } from "./intake-error.js";
import { tooMuchText } from "./messages.fr.js";

export interface OutputFilter {
  push(chunk: Uint8Array): void;
  /** What was kept, each dropped value as `null`. JSON that was broken stays so: who parses it says where. */
  end(): Uint8Array;
}

/** @throws IntakeError, while it is fed, when more than `limit` bytes would have to be kept */
export function createOutputFilter(limit: number): OutputFilter {
  const kept: Uint8Array[] = [];
  let size = 0;
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size > limit) throw new IntakeError(tooMuchText(limit / 2 ** 20));
    if (bytes.length > 0) kept.push(Buffer.from(bytes));
  };
  const scan = createScanner(keep);
  return { push: scan, end: () => Buffer.concat(kept) };
}

const dropped = ["outputs", "attachments"].map((key) => Buffer.from(key));
const longestKey = 16;
const noValue = Buffer.from("null");

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

const inKept = tableOf([quote, colon]);
const inStrings = tableOf([quote, backslash]);
const inDropped = tableOf([quote], [openList, openObject], [closeList, closeObject], [comma]);
const [aQuote, opens, closes] = [1, 2, 3];

/** By byte, the number of the group it belongs to, from 1; most bytes say nothing and are passed over. */
function tableOf(...groups: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => 1 + groups.findIndex((group) => group.includes(byte)));
}

/** Where the next byte of the table stands, or the end of the chunk. */
function find(table: Uint8Array, chunk: Uint8Array, from: number): number {
  let i = from;
  while (i < chunk.length && table[chunk[i]!] === 0) i++;
  return i;
}

/** Reads JSON, and no value: where a string is, which one a colon follows, how deep a dropped value is. */
function createScanner(keep: (bytes: Uint8Array) => void): (chunk: Uint8Array) => void {
  const word = Buffer.alloc(longestKey);
  let wordLength = 0;
  let inString = false;
  let isEscaped = false;
  let isDropping = false;
  let depth = 0;

  const isDroppedKey = (): boolean =>
    dropped.some((key) => key.length === wordLength && key.equals(word.subarray(0, wordLength)));

  /** Adds to the string that was read last: a chunk may end in the middle of it. */
  const addToWord = (chunk: Uint8Array, from: number, to: number): void => {
    for (let i = from; i < to && wordLength + i - from < longestKey; i++) word[wordLength + i - from] = chunk[i]!;
    wordLength += to - from;
  };

  /** From the inside of a string to behind its end, or to the end of the chunk. */
  const skipString = (chunk: Uint8Array, from: number): number => {
    let i = find(inStrings, chunk, isEscaped ? from + 1 : from);
    while (i < chunk.length && chunk[i] === backslash) i = find(inStrings, chunk, i + 2);
    isEscaped = i > chunk.length; // the backslash was the last byte
    const end = Math.min(i, chunk.length);
    addToWord(chunk, from, end);
    inString = end === chunk.length;
    return inString ? end : end + 1;
  };

  const startString = (): void => {
    inString = true;
    wordLength = 0;
  };

  /** To the end of a dropped value, to the inside of a string in it, or to the end of the chunk. */
  const skipDropped = (chunk: Uint8Array, from: number): number => {
    let level = depth;
    let i = find(inDropped, chunk, from);
    for (; i < chunk.length; i = find(inDropped, chunk, i + 1)) {
      const kind = inDropped[chunk[i]!];
      if (kind === aQuote) startString();
      else if (level === 0 && kind !== opens) isDropping = false;
      if (inString || !isDropping) break;
      if (kind === opens) level++;
      else if (kind === closes) level--;
    }
    depth = level;
    return inString ? i + 1 : i;
  };

  return (chunk) => {
    let from = 0;
    for (let i = 0; i < chunk.length; ) {
      if (inString) i = skipString(chunk, i);
      else if (isDropping) {
        i = skipDropped(chunk, i);
        if (!isDropping) from = i;
      } else {
        i = find(inKept, chunk, i);
        if (chunk[i] === quote) startString();
        else if (chunk[i] === colon && isDroppedKey()) {
          keep(chunk.subarray(from, i + 1));
          keep(noValue);
          isDropping = true;
          depth = 0;
        }
        i++;
      }
    }
    if (!isDropping) keep(chunk.subarray(from));
  };
}
