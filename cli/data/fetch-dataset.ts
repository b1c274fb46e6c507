// Brings the files of a data set into the data folder: from the web, from a mirror, from a folder; checked before they count.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { contentsProblem, type DataFile, type DatasetEntry, type Download } from "retroprop";
import { makeFolder as makeFolders, writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError } from "../command.js";
import { download, type OnBytes, TransferError } from "./download.js";
import { explainWriteError } from "./write-error.js";

export interface FetchPlan {
  readonly entry: DatasetEntry;
  /** The data folder to write in. */
  readonly folder: string;
  /** A mirror's folder or address; without it, the registry's own addresses. */
  readonly from?: string | undefined;
}

/** What is going on: bytes of one file, out of `total` when the server says. */
export type OnProgress = (file: DataFile, received: number, total: number) => void;

/** Fetches what is not already there and good. Throws CliError saying plainly what is wrong. */
export async function fetchDataset(plan: FetchPlan, onProgress: OnProgress = () => {}): Promise<void> {
  for (const file of plan.entry.files) {
    const remote = file.download;
    if (remote === undefined) throw new Error(`internal: ${plan.entry.name} is not a set to fetch`);
    const target = join(plan.folder, file.path);
    if (isGood(file, target)) continue;
    makeFolder(target);
    await bring(plan, file, remote, target, (received, total = remote.size) => onProgress(file, received, total));
  }
}

const isWebAddress = (from: string): boolean => /^https?:\/\//i.test(from);

async function bring(plan: FetchPlan, file: DataFile, remote: Download, target: string, onBytes: OnBytes) {
  const { entry, from } = plan;
  if (from !== undefined && !isWebAddress(from)) {
    const source = findInFolder(from, remote, entry.name);
    return install(entry, file, source, target);
  }
  const part = join(plan.folder, `${remote.path}.part`);
  await downloadFromAny(addresses(entry, remote, from), part, entry, onBytes);
  install(entry, file, part, target, () => rmSync(part, { force: true }));
}

/** In the order to try. */
function addresses(entry: DatasetEntry, remote: Download, from: string | undefined): string[] {
  if (from !== undefined) return [`${from.replace(/\/+$/, "")}/${remote.path}`];
  return entry.urls.map((folder) => folder + basename(remote.path));
}

async function downloadFromAny(urls: readonly string[], part: string, entry: DatasetEntry, onBytes: OnBytes) {
  const refusals: string[] = [];
  for (const url of urls) {
    try {
      return await download(url, part, onBytes);
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      refusals.push(error.message);
    }
  }
  throw new CliError(
    `${entry.name}: ${refusals.join("; ")}: check the network and run the command again, or name a copy with --from DIR|URL`,
  );
}

function findInFolder(folder: string, remote: Download, name: string): string {
  const packed = [join(folder, remote.path), join(folder, basename(remote.path))];
  const candidates = packed.flatMap((path) => [path, path.replace(/\.gz$/, "")]);
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new CliError(`${name}: no file ${packed[0]}: --from takes a folder that holds ${remote.path}, or an address`);
}

/** Decodes, checks, and only then puts the file in its place, in one step; `discard` removes what was downloaded. */
function install(entry: DatasetEntry, file: DataFile, source: string, target: string, discard = () => {}): void {
  const bytes = decode(readSource(source), file);
  const problem = bytes === undefined ? "it cannot be decompressed" : contentsProblem(file, bytes);
  if (bytes === undefined || problem !== undefined) {
    discard();
    throw new CliError(`${entry.name}: ${basename(source)} is not the file of the registry (${problem}): ${advice}`, 1);
  }
  write(target, bytes);
  discard();
}

const advice = "nothing was kept; run the command again, or name another copy with --from DIR|URL";

/** Undefined when the bytes are a damaged gzip, or one that would fill the memory. */
function decode(bytes: Uint8Array, file: DataFile): Uint8Array | undefined {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    const plain = isGzip ? gunzipSync(bytes, { maxOutputLength: 2 * file.size }) : bytes;
    return file.download?.lineEnds === "any" ? withLineFeeds(plain) : plain;
  } catch {
    return undefined;
  }
}

const withLineFeeds = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");

function readSource(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CliError(`cannot read ${path} (${(error as NodeJS.ErrnoException).code}): check its permissions`);
  }
}

function isGood(file: DataFile, path: string): boolean {
  return existsSync(path) && contentsProblem(file, readSource(path)) === undefined;
}

function makeFolder(target: string): void {
  try {
    makeFolders(dirname(target));
  } catch (error) {
    explainWriteError(error, target);
  }
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeAtomically(path, bytes);
  } catch (error) {
    explainWriteError(error, path);
  }
}
