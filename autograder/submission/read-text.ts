// The text of a file, whatever editor saved it: UTF-8 with or without a mark, UTF-16, Latin-1.

import { IntakeError } from "./intake-error.js";
import { binary, emptyFile, readAsLatin1, readAsUtf16 } from "./messages.fr.js";

export interface ReadText {
  readonly text: string;
  readonly notices: readonly string[];
}

/** @throws IntakeError when the bytes are no text, or none at all */
export function decodeText(bytes: Uint8Array): ReadText {
  const read = decode(bytes);
  if (read.text.includes("\0")) throw new IntakeError(binary);
  if (read.text.trim() === "") throw new IntakeError(emptyFile);
  return { ...read, text: read.text.replace(/\r\n?/g, "\n") };
}

function decode(bytes: Uint8Array): ReadText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: as("utf-16le", bytes), notices: [readAsUtf16] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: as("utf-16be", bytes), notices: [readAsUtf16] };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notices: [] };
  } catch {
    return { text: as("windows-1252", bytes), notices: bytes.includes(0) ? [] : [readAsLatin1] };
  }
}

const as = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);
