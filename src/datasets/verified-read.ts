// Reading a data file and making sure, on the way, that it is the one the registry describes.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { DataError, type DataProblem } from "./data-error.js";
import type { LocatedFile } from "./data-home.js";

const chunkBytes = 256 * 1024; // stays in the processor's cache between the hash and its consumer

/**
 * Hands the file to `consume` piece by piece, so that it never stands in memory whole; `offset` is where the piece starts.
 * Throws {@link DataError} before the first piece when the size is wrong, after the last when the sha256 is.
 */
export function readVerified(file: LocatedFile, consume: (chunk: Uint8Array, offset: number) => void): void {
  const digest = withOpenFile(file, (descriptor) => {
    expectSize(file, fstatSync(descriptor).size);
    const hash = createHash("sha256");
    readChunks(descriptor, (chunk, offset) => {
      hash.update(chunk);
      consume(chunk, offset);
    });
    return hash.digest("hex");
  });
  if (!("bytes" in file.expected.sha256)) throw new Error(`internal: ${file.path} is not checked by its bytes`);
  expectDigest(file, file.expected.sha256.bytes, digest);
}

/** The whole file, checked: for small ones. */
export function readVerifiedBytes(file: LocatedFile): Uint8Array {
  const bytes = new Uint8Array(file.expected.size);
  readVerified(file, (chunk, offset) => bytes.set(chunk, offset));
  return bytes;
}

/** Opens, reads, closes; what the system refuses becomes a {@link DataError}. */
export function withOpenFile<T>(file: LocatedFile, read: (descriptor: number) => T): T {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file.path, "r");
    return read(descriptor);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof DataError || code === undefined) throw error;
    return fail(file, "unreadable", `cannot be read (${code}): check its permissions or`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export function expectDigest(file: LocatedFile, expected: string, received: string): void {
  if (received === expected) return;
  fail(file, "altered", `is altered (sha256 ${shortenDigest(expected)} expected, ${shortenDigest(received)} found):`);
}

export function fail(file: LocatedFile, problem: DataProblem, what: string): never {
  throw new DataError(problem, `${file.dataset}: ${file.path} ${what} ${file.remedy}`);
}

function expectSize(file: LocatedFile, received: number): void {
  const { size } = file.expected;
  if (received < size) fail(file, "truncated", `is truncated (${size} bytes expected, ${received} found):`);
  if (received > size) fail(file, "altered", `is altered (${size} bytes expected, ${received} found):`);
}

function readChunks(descriptor: number, consume: (chunk: Uint8Array, offset: number) => void): void {
  const buffer = new Uint8Array(chunkBytes);
  for (let offset = 0; ; ) {
    const length = readSync(descriptor, buffer, 0, chunkBytes, null);
    if (length === 0) return;
    consume(buffer.subarray(0, length), offset);
    offset += length;
  }
}

export const shortenDigest = (digest: string): string => `${digest.slice(0, 12)}…`;
