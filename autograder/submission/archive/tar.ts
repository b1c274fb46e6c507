// The entries of a tar, with the long names of GNU and of POSIX; nothing of it is read twice.
import { IntakeError } from "../intake-error.js";
import { damagedArchive } from "../messages.fr.js";
import type { ByteStream } from "./byte-stream.js";
import type { ArchiveEntry } from "./entry.js";

const block = 512;

/** @throws IntakeError when it is cut short or no tar */
export async function* readTar(stream: ByteStream): AsyncGenerator<ArchiveEntry> {
  let longName: string | undefined;
  for (;;) {
    const header = await stream.take(block);
    if (header.length < block || header.every((byte) => byte === 0)) return;
    if (!isTarHeader(header)) throw new IntakeError(damagedArchive);
    const type = String.fromCharCode(header[156]!);
    const size = sizeOf(header);
    const padding = (block - (size % block)) % block;
    if ("xgLK".includes(type)) {
      const text = await stream.take(Math.min(size, longestHeader));
      await stream.skip(size - text.length + padding);
      if (type === "L" || type === "x") longName = longNameIn(text, type) ?? longName;
      continue;
    }
    const entry = stream.part(type === "1" || type === "2" ? 0 : size);
    yield { name: longName ?? nameOf(header), kind: kindOf(type), chunks: () => entry.chunks() };
    longName = undefined;
    await entry.skip();
    await stream.skip(padding);
  }
}

const longestHeader = 64 * 1024;

/** A header's checksum is the sum of its bytes, its own field taken as spaces. */
export function isTarHeader(header: Uint8Array): boolean {
  if (header.length < block) return false;
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === octal(header.subarray(148, 156));
}

function sizeOf(header: Uint8Array): number {
  const field = header.subarray(124, 136);
  // Over eight gigabytes, a binary number, which we would not read anyway.
  const size = field[0]! >= 0x80 ? Number.MAX_SAFE_INTEGER : octal(field);
  if (!(size >= 0 && size < 2 ** 40)) throw new IntakeError(damagedArchive);
  return size;
}

function nameOf(header: Uint8Array): string {
  const isUstar = text(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar && header[262] === 0 ? text(header.subarray(345, 500)) : "";
  const name = text(header.subarray(0, 100));
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** GNU: the name alone. POSIX: records `30 path=…` and a line feed, each of the length in bytes that it begins with. */
function longNameIn(bytes: Uint8Array, type: string): string | undefined {
  if (type === "L") return text(bytes);
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(text(bytes.subarray(at, at + 20)), 10);
    if (!(length > 0)) return undefined;
    const record = text(bytes.subarray(at, at + length - 1));
    const path = /^\d+ path=(.*)$/s.exec(record)?.[1];
    if (path !== undefined) return path;
    at += length;
  }
  return undefined;
}

function kindOf(type: string): ArchiveEntry["kind"] {
  if (type === "5") return "folder";
  if (type === "1" || type === "2") return "link";
  return type === "0" || type === "\0" || type === "7" ? "file" : "device";
}

const octal = (field: Uint8Array): number => Number.parseInt(text(field).trim() || "0", 8);

/** Up to the first zero. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString("utf8");
}
