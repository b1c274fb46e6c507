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
    if (bytes.length > 0) kept.push(Uint8Array.from(bytes));
  };
  const scan = createScanner(keep);
  return { push: scan, end: () => Buffer.concat(kept) };
}

const dropped = new Set(["outputs", "attachments"]);
const longestKey = 16;
const noValue = Buffer.from("null");

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Reads JSON byte by byte, and no value: where a string is, which one a colon follows, how deep a dropped value is. */
function createScanner(keep: (bytes: Uint8Array) => void): (chunk: Uint8Array) => void {
  const word = new Uint8Array(longestKey);
  let wordLength = 0;
  let inString = false;
  let isEscaped = false;
  let isDropping = false;
  let depth = 0;

  const isDroppedKey = (): boolean =>
    wordLength <= longestKey && dropped.has(Buffer.from(word.subarray(0, wordLength)).toString("latin1"));

  /** From the inside of a string to behind its end, or to the end of the chunk. */
  const skipString = (chunk: Uint8Array, from: number): number => {
    let [i, escaped, length] = [from, isEscaped, wordLength]; // most bytes are in strings: local variables are fast
    for (; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) break;
      if (length < longestKey) word[length] = byte;
      length++;
    }
    inString = i === chunk.length;
    [isEscaped, wordLength] = [escaped, length];
    return inString ? i : i + 1;
  };

  /** True when the dropped value ends before `byte`, which is not part of it. */
  const endsBefore = (byte: number): boolean =>
    depth === 0 && (byte === comma || byte === closeList || byte === closeObject);

  return (chunk) => {
    let from = 0;
    for (let i = 0; i < chunk.length; ) {
      if (inString) {
        i = skipString(chunk, i);
        continue;
      }
      const byte = chunk[i]!;
      if (isDropping && endsBefore(byte)) {
        isDropping = false;
        from = i;
      }
      if (byte === quote) {
        inString = true;
        wordLength = 0;
      } else if (isDropping) {
        if (byte === openList || byte === openObject) depth++;
        else if (byte === closeList || byte === closeObject) depth--;
      } else if (byte === colon && isDroppedKey()) {
        keep(chunk.subarray(from, i + 1));
        keep(noValue);
        isDropping = true;
        depth = 0;
      }
      i++;
    }
    if (!isDropping) keep(chunk.subarray(from));
  };
}
