// The text of a file, whatever editor saved it: UTF-8 with or without a mark, UTF-16, Latin-1, padded by a full disk.

import { IntakeError } from "./intake-error.js";
import {
  archiveInDisguise,
  binary,
  emptyFile,
  gitLfs,
  onlyAddress,
  onlyNulls,
  pdf,
  readAsLatin1,
  readAsUtf16,
  richText,
  webPage,
  withoutPadding,
} from "./messages.fr.js";

export interface ReadText {
  readonly text: string;
  readonly notices: readonly string[];
}

/** @throws IntakeError when the bytes are no text, or none at all */
export function decodeText(bytes: Uint8Array): ReadText {
  if (isArchive(bytes)) throw new IntakeError(archiveInDisguise);
  const { text, notices } = withoutNulls(decode(bytes));
  if (text.trim() === "") throw new IntakeError(emptyFile);
  if (text.startsWith("%PDF-")) throw new IntakeError(pdf);
  if (text.startsWith("{\\rtf")) throw new IntakeError(richText);
  if (/^version https:\/\/git-lfs\./.test(text)) throw new IntakeError(gitLfs);
  if (/^\s*https?:\/\/\S+\s*$/.test(text)) throw new IntakeError(onlyAddress);
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) throw new IntakeError(webPage);
  return { text: text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"), notices };
}

/** `PK`, gzip, `Rar!`, 7z. */
const isArchive = ([a, b, c, d]: Uint8Array): boolean =>
  (a === 0x50 && b === 0x4b && c !== undefined && c <= 7 && d === c + 1) ||
  (a === 0x1f && b === 0x8b) ||
  (a === 0x52 && b === 0x61 && c === 0x72 && d === 0x21) ||
  (a === 0x37 && b === 0x7a && c === 0xbc && d === 0xaf);

/** A disk that was full, or a file that was not synchronised, ends in zeros. */
function withoutNulls({ text, notices }: ReadText): ReadText {
  if (!text.includes("\0")) return { text, notices };
  let end = text.length;
  while (end > 0 && text[end - 1] === "\0") end--;
  if (end === 0) throw new IntakeError(onlyNulls);
  const trimmed = text.slice(0, end);
  if (trimmed.includes("\0")) throw new IntakeError(binary);
  return { text: trimmed, notices: [...notices, withoutPadding] };
}

function decode(bytes: Uint8Array): ReadText {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return { text: as(utf16, bytes), notices: [readAsUtf16] };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notices: [] };
  } catch {
    return { text: as("windows-1252", bytes), notices: bytes.includes(0) ? [] : [readAsLatin1] };
  }
}

/** Told by its mark; or, without one, by Latin text, of which every second byte is zero. */
function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 64);
  const zerosAt = (parity: number) => sample.filter((byte, i) => byte === 0 && i % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  if (sample.length < 16 || Math.max(even, odd) < 0.4 * sample.length || Math.min(even, odd) > 0) return undefined;
  return odd > 0 ? "utf-16le" : "utf-16be";
}

const as = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);
