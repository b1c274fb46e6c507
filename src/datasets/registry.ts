// The registry: what each data set is, under which licence, who carries it, and how its files are recognised.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface DatasetEntry {
  readonly name: string;
  /** One line, in French. */
  readonly description: string;
  /** In a few words; `licenceNote` says the rest. */
  readonly licence: string;
  readonly licenceNote: string;
  readonly source: string;
  readonly carrier: Carrier;
  /** Folders on the web that hold the files. */
  readonly urls: readonly string[];
  /** As figures show them, in label order; empty when the examples have no class. */
  readonly classNames: readonly string[];
  readonly splits: Readonly<Record<string, SplitCounts>>;
  readonly files: readonly DataFile[];
}

/** An npm package brings it, the user fetches it, or these functions compute it. */
export type Carrier =
  | { readonly kind: "npm"; readonly package: string; readonly version: string }
  | { readonly kind: "download" }
  | { readonly kind: "code"; readonly functions: readonly string[] };

export interface SplitCounts {
  readonly examples: number;
  readonly perClass?: readonly number[];
}

export interface DataFile {
  /** Inside the npm package, or inside the data folder. */
  readonly path: string;
  readonly split: string;
  readonly holds: "images" | "labels" | "rows";
  /** In bytes, decoded. */
  readonly size: number;
  readonly sha256: Checksum;
  readonly download?: Download;
}

/** Of the decoded bytes; for USPS, whose text may be written in several ways, of its values as unsigned bytes. */
export type Checksum = { readonly bytes: string } | { readonly pixels: string; readonly labels: string };

export interface Download {
  /** Inside a mirror; its last part is the name under each of the entry's `urls`. */
  readonly path: string;
  readonly size: number;
  /** The carrier may write CRLF; we keep LF. */
  readonly lineEnds?: "any";
}

/** Reads `data/registry.json`, the single list of data sets. */
export function readRegistry(path: string = registryPath()): readonly DatasetEntry[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { datasets: readonly DatasetEntry[] }).datasets;
}

/** The nearest `data/registry.json` above this module: in the course's folder, or packaged with the library. */
export function registryPath(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "data", "registry.json");
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) throw new Error(`internal: no data/registry.json above ${start}`);
  }
}
