// USPS: 9 298 digits cut from envelopes, 16 × 16, as the page of "The Elements of Statistical Learning" carries them:
// text, one example a line, the label and then 256 values in [-1, 1]. Fetched by each user, never redistributed.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { NdArray } from "../nd/nd-array.js";
import { type DataHome, defaultDataHome, findEntry, type LocatedFile, locateSplit } from "./data-home.js";
import type { Dataset } from "./dataset.js";
import { expectDigest, fail, withOpenFile } from "./verified-read.js";

const pixelsPerImage = 256;

/** What the text says, before anything is made of it. */
export interface UspsValues {
  readonly labels: Uint8Array;
  /** In [-1, 1], row after row. */
  readonly values: Float64Array;
}

/** 7 291 / 2 007 images `[n, 16, 16]` in [0, 1]. Fetched first with `npx retroprop data fetch usps`. */
export function usps(home: DataHome = defaultDataHome()): { readonly train: Dataset; readonly test: Dataset } {
  return { train: readUspsSplit(home, "train"), test: readUspsSplit(home, "test") };
}

export function readUspsSplit(home: DataHome, split: string): Dataset {
  const entry = findEntry(home, "usps");
  const { labels, values } = readValues(locateSplit(home, entry, split));
  const pixels = Float32Array.from(values, (value) => (value + 1) / 2);
  return { inputs: new NdArray(pixels, [labels.length, 16, 16]), labels, classNames: entry.classNames };
}

/** Throws a SyntaxError that says which line is not a label and 256 numbers. */
export function parseUsps(text: string): UspsValues {
  const lines = text.trimEnd().split("\n");
  const labels = new Uint8Array(lines.length);
  const values = new Float64Array(lines.length * pixelsPerImage);
  lines.forEach((line, i) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    if (numbers.length !== 1 + pixelsPerImage || numbers.some(Number.isNaN)) {
      throw new SyntaxError(`line ${i + 1}: expected a label and ${pixelsPerImage} numbers`);
    }
    labels[i] = numbers[0]!;
    values.set(numbers.slice(1), i * pixelsPerImage);
  });
  return { labels, values };
}

/** The sha256 of the labels and of the pixels as unsigned bytes: the same however the numbers are written. */
export function uspsDigests({ labels, values }: UspsValues): { readonly labels: string; readonly pixels: string } {
  const bytes = Uint8Array.from(values, (value) => roundHalfToEven((value + 1) * 127.5));
  return { labels: sha256(labels), pixels: sha256(bytes) };
}

function readValues(file: LocatedFile): UspsValues {
  const values = parseFile(file);
  const { sha256: expected } = file.expected;
  if (!("pixels" in expected)) throw new Error(`internal: ${file.path} is not checked by its pixels`);
  const digests = uspsDigests(values);
  expectDigest(file, expected.labels, digests.labels);
  expectDigest(file, expected.pixels, digests.pixels);
  return values;
}

function parseFile(file: LocatedFile): UspsValues {
  const text = withOpenFile(file, (descriptor) => readFileSync(descriptor, "latin1"));
  try {
    return parseUsps(text);
  } catch (error) {
    return fail(file, "altered", `is altered (${(error as Error).message}):`);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** As Python and NumPy round, with which the published checksums were computed. */
function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
}
