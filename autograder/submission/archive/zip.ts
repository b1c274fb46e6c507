// The entries of a zip, told by its central directory; names in the code page of who made it.
import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { IntakeError } from "../intake-error.js";
import { damagedInArchive, encrypted, unknownMethod } from "../messages.fr.js";
import { decodeName } from "./code-page.js";
import type { ArchiveEntry, ArchiveSource } from "./entry.js";

/** @throws what yauzl does for what is no zip, or a damaged one */
export async function* readZip(source: ArchiveSource): AsyncGenerator<ArchiveEntry> {
  // Names stay bytes: yauzl would take what is not marked as UTF-8 for the code page of the first PCs.
  const options = { decodeStrings: false, autoClose: false };
  const zip = await ("path" in source
    ? yauzl.openPromise(source.path, options)
    : yauzl.fromBufferPromise(Buffer.from(source.bytes), options));
  try {
    for await (const entry of zip.eachEntry()) yield toEntry(entry, zip);
  } finally {
    zip.close();
  }
}

function toEntry(entry: Entry, zip: ZipFile): ArchiveEntry {
  const name = decodeName(entry.fileNameRaw, (entry.generalPurposeBitFlag & utf8Flag) !== 0, unicodePath(entry));
  const locked = whyLocked(entry);
  return {
    name,
    kind: kindOf(entry, name),
    ...(locked === undefined ? {} : { locked }),
    async *chunks() {
      const stream: Readable = await zip.openReadStreamPromise(entry);
      let checksum = 0;
      try {
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          checksum = crc32(chunk, checksum);
          yield chunk;
        }
      } finally {
        stream.destroy();
      }
      if (checksum !== entry.crc32) throw new IntakeError(damagedInArchive(name));
    },
  };
}

const utf8Flag = 0x800;

/** Info-ZIP writes the name once more in UTF-8, behind its version and a checksum. */
const unicodePath = ({ extraFields }: Entry): Uint8Array | undefined =>
  extraFields.find(({ id, data }) => id === 0x7075 && data.length > 5)?.data.subarray(5);

const stored = 0;
const deflated = 8;

function whyLocked(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return encrypted;
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) return unknownMethod;
  return undefined;
}

/** Unix writes a file's mode into the upper half of its attributes; other systems leave it empty. */
function kindOf({ externalFileAttributes }: Entry, name: string): ArchiveEntry["kind"] {
  const format = (externalFileAttributes >>> 28) & 0xf;
  if (format === 0xa) return "link";
  if (format === 0x4 || /[/\\]$/.test(name)) return "folder";
  return format === 0x8 || format === 0 ? "file" : "device";
}
