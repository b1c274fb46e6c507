// An archive as safe entries: names that stay inside of it, plain files only, within limits of number and size.
import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Collector } from "../collect-bytes.js";
import { IntakeError } from "../intake-error.js";
import {
  bomb,
  damagedArchive,
  deviceInArchive,
  emptyFile,
  foreignArchive,
  linkInArchive,
  tooManyEntries,
} from "../messages.fr.js";
import { isClutter } from "../work-names.js";
import { byteStream } from "./byte-stream.js";
import type { ArchiveEntry, ArchiveSource } from "./entry.js";
import { safeName } from "./entry-name.js";
import { isTarHeader, readTar } from "./tar.js";
import { readZip } from "./zip.js";

/** A file that may be looked into, why it alone is left out, or why the whole archive should not be trusted. */
export type SafeEntry =
  | { readonly name: string; readonly leftOut: string }
  | { readonly name: string; readonly fault: string }
  | { readonly name: string; readonly collect: (collector: Collector) => Promise<Uint8Array> };

/** What is read of an archive at most. */
export interface ArchiveLimits {
  readonly entries: number;
  readonly unpackedMb: number;
  /** How much more than it weighs a large archive may unpack to. */
  readonly ratio: number;
}

/**
 * Its files, in its own order; clutter and folders left out.
 * @param fileName of the archive: what a lone compressed file is called after
 * @throws IntakeError when it cannot be read to its end, or is more than `limits` allow
 */
export async function* openArchive(
  source: ArchiveSource,
  fileName: string,
  limits: ArchiveLimits,
): AsyncGenerator<SafeEntry> {
  const spend = budget(sizeOf(source), limits);
  let count = 0;
  try {
    for await (const entry of entriesOf(source, fileName, limits)) {
      spend(0); // who reads a class goes on after what is wrong with one student, and stops here
      if (++count > limits.entries) throw new IntakeError(tooManyEntries(limits.entries));
      const safe = toSafe(entry, spend);
      if (safe !== undefined) yield safe;
    }
  } catch (error) {
    throw error instanceof IntakeError ? error : new IntakeError(damagedArchive);
  }
}

/** @throws IntakeError when all that was unpacked is too much, now and whenever it is asked again */
type Spend = (bytes: number) => void;

/** Figures saved as text shrink a hundred times; a hundred megabytes made of nothing are no work. */
const largeBytes = 100 * 2 ** 20;

function budget(packed: number, { unpackedMb, ratio }: ArchiveLimits): Spend {
  const max = Math.min(unpackedMb * 2 ** 20, Math.max(largeBytes, ratio * packed));
  let unpacked = 0;
  return (bytes) => {
    unpacked += bytes;
    if (unpacked > max) throw new IntakeError(bomb);
  };
}

function toSafe(entry: ArchiveEntry, spend: Spend): SafeEntry | undefined {
  const safe = entry.kind === "folder" && /^\.?[/\\]?$/.test(entry.name) ? { name: "." } : safeName(entry.name);
  if ("fault" in safe) return { name: entry.name, leftOut: safe.fault };
  const { name } = safe;
  if (entry.kind === "folder" || name.split("/").some(isClutter)) return undefined;
  if (entry.kind === "link") return { name, fault: linkInArchive(name) };
  if (entry.kind === "device") return { name, fault: deviceInArchive(name) };
  if (entry.locked !== undefined) return { name, fault: entry.locked };
  return { name, collect: (collector) => collect(entry, collector, spend) };
}

async function collect(entry: ArchiveEntry, collector: Collector, spend: Spend): Promise<Uint8Array> {
  try {
    for await (const chunk of entry.chunks()) {
      spend(chunk.length);
      collector.push(chunk);
    }
    return collector.end();
  } catch (error) {
    throw error instanceof IntakeError ? error : new IntakeError(damagedArchive);
  }
}

/** By its first bytes, whatever its name. */
async function* entriesOf(
  source: ArchiveSource,
  fileName: string,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveEntry> {
  const head = headOf(source);
  if (head.length === 0) throw new IntakeError(emptyFile);
  if (head[0] === 0x50 && head[1] === 0x4b) yield* readZip(source);
  else if (head[0] === 0x1f && head[1] === 0x8b)
    yield* readUnzipped(gunzip(source, limits), fileName.replace(/\.gz$/i, ""));
  else if (isTarHeader(head)) yield* readTar(byteStream(streamOf(source)[Symbol.asyncIterator]()));
  else throw new IntakeError(foreignArchive(fileName));
}

/** A tar, or the one file that was compressed. */
async function* readUnzipped(unzipped: AsyncGenerator<Uint8Array>, fileName: string): AsyncGenerator<ArchiveEntry> {
  const stream = byteStream(unzipped);
  try {
    const head = await stream.take(512);
    const all = byteStream(joined(head, stream.rest()));
    if (isTarHeader(head)) yield* readTar(all);
    else yield { name: fileName, kind: "file", chunks: () => all.rest() };
  } finally {
    await unzipped.return(undefined);
  }
}

async function* joined(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function* gunzip(source: ArchiveSource, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip();
  const spend = budget(sizeOf(source), limits);
  pipeline(streamOf(source), unzip, () => {}); // who iterates hears of its errors
  for await (const chunk of unzip as AsyncIterable<Uint8Array>) {
    spend(chunk.length);
    yield chunk;
  }
}

const sizeOf = (source: ArchiveSource): number => ("path" in source ? statSync(source.path).size : source.bytes.length);

const streamOf = (source: ArchiveSource): Readable =>
  "path" in source ? createReadStream(source.path) : Readable.from([source.bytes]);

function headOf(source: ArchiveSource): Uint8Array {
  if ("bytes" in source) return source.bytes.subarray(0, 512);
  const head = Buffer.alloc(512);
  const file = openSync(source.path, "r");
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}
