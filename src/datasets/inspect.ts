// Whether a data set is here and is what the registry says: for `retroprop data list` and `verify`.
import { createHash } from "node:crypto";
import { DataError } from "./data-error.js";
import { type DataHome, locateFile } from "./data-home.js";
import { countClasses } from "./dataset.js";
import { readIdxLabels } from "./idx.js";
import { insurance } from "./insurance.js";
import { iris } from "./iris.js";
import type { DataFile, DatasetEntry, SplitCounts } from "./registry.js";
import { parseUsps, readUspsSplit, uspsDigests } from "./usps.js";
import { readVerified, shortenDigest } from "./verified-read.js";

/** What one finds on opening a data set's files. `problem` is a line with its remedy. */
export type Inspection =
  | { readonly state: "generated" }
  | { readonly state: "here" }
  | { readonly state: "missing" | "altered"; readonly problem: string };

/** Reads every file of `entry` and compares its checksum. */
export function inspectDataset(home: DataHome, entry: DatasetEntry): Inspection {
  if (entry.carrier.kind === "code") return { state: "generated" };
  try {
    for (const file of entry.files) checkFile(home, entry, file);
    return { state: "here" };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { state: error.problem === "missing" ? "missing" : "altered", problem: error.message };
  }
}

/** The examples of each split and of each class, counted anew from the files. */
export function countExamples(home: DataHome, entry: DatasetEntry): Record<string, SplitCounts> {
  const splits = Object.keys(entry.splits).map((split) => [split, countSplit(home, entry, split)]);
  return Object.fromEntries(splits);
}

/** Why these decoded bytes are not `file`, in a few words; undefined when they are. */
export function contentsProblem(file: DataFile, bytes: Uint8Array): string | undefined {
  if ("pixels" in file.sha256) return uspsProblem(file.sha256, bytes);
  return differs("sha256", file.sha256.bytes, createHash("sha256").update(bytes).digest("hex"));
}

function checkFile(home: DataHome, entry: DatasetEntry, file: DataFile): void {
  if ("pixels" in file.sha256) readUspsSplit(home, file.split);
  else readVerified(locateFile(home, entry, file), () => {});
}

function countSplit(home: DataHome, { name, classNames }: DatasetEntry, split: string): SplitCounts {
  if (name === "insurance") return { examples: insurance(home).length };
  const labels = readLabels(home, name, split);
  return { examples: labels.length, perClass: countClasses({ labels, classNames }) };
}

function readLabels(home: DataHome, name: string, split: string): Uint8Array {
  if (name === "iris") return iris(home).labels;
  if (name === "usps") return readUspsSplit(home, split).labels;
  return readIdxLabels(home, name, split);
}

function uspsProblem(expected: { readonly pixels: string; readonly labels: string }, bytes: Uint8Array) {
  try {
    const received = uspsDigests(parseUsps(new TextDecoder("latin1").decode(bytes)));
    return (
      differs("sha256 of the labels", expected.labels, received.labels) ??
      differs("sha256 of the pixels", expected.pixels, received.pixels)
    );
  } catch (error) {
    return (error as Error).message;
  }
}

function differs(what: string, expected: string, received: string): string | undefined {
  return expected === received
    ? undefined
    : `${what}: ${shortenDigest(expected)} expected, ${shortenDigest(received)} received`;
}
