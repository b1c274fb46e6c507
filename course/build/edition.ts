// The student edition of the library for a TP: all of `src` but the answers of this TP and of those after it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Exercise, type Tp, tps } from "../manifest.js";
import type { CompiledLibrary } from "./compile.js";
import type { Problem } from "./course-error.js";
import { compilePackage } from "./edition/compile-package.js";
import { cutSources } from "./edition/cut.js";

export interface LibraryEdition {
  /** Path, relative to the package `retroprop` → text. */
  readonly files: ReadonlyMap<string, string>;
  /** What the compiler says against it. */
  readonly problems: readonly Problem[];
}

/** Where `retroprop build --editions` puts the edition of a TP: a package that code of students can import. */
export const editionFolder = (tp: string): string => `dist/editions/${tp}/retroprop`;

/**
 * The sources a student of `tp` may read: those the library exports and what they need. An exercise of this TP or of a
 * later one is not among them, nor is anything that needs one: they are removed, not emptied.
 */
export function editionSources(root: string, tp: Tp): Map<string, string> {
  const answers = andLater(tp).flatMap(({ exercises }) => exercises.flatMap(answersOf));
  const without = [...new Set(answers)].filter((symbol) => symbol.startsWith("src/"));
  return cutSources(root, ["src"], { entries: ["src/index.ts"], without });
}

const answersOf = ({ symbol, alsoAnsweredBy = [] }: Exercise): string[] => [symbol, ...alsoAnsweredBy];

/** The compiled package of an edition. */
export function compileEdition(root: string, tp: Tp, sources: ReadonlyMap<string, string>): LibraryEdition {
  const { files, problems } = compilePackage(root, { sources, rootFolder: "src", declarations: true });
  return { files: new Map([...packageFiles(root, tp), ...files]), problems };
}

/** The types of an edition as they stand in its folder, for code that is compiled against it. */
export function editionTypes(tp: string, { files }: LibraryEdition): CompiledLibrary {
  const types = [...files].filter(([file]) => file.endsWith(".d.ts"));
  const at = (file: string) => `${editionFolder(tp)}/${file}`;
  return { entry: at("dist/index.d.ts"), types: new Map(types.map(([file, text]) => [at(file), text])) };
}

/** This TP and those after it; one that the manifest does not have comes last. */
export function andLater(tp: Tp): readonly Tp[] {
  const index = tps.findIndex(({ name }) => name === tp.name);
  return index < 0 ? [tp] : [tp, ...tps.slice(index + 1)];
}

/** The files of the package that are not compiled. */
function packageFiles(root: string, { name }: Tp): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(root, "src/package.json"), "utf8"));
  const files = {
    "package.json": `${JSON.stringify({ ...manifest, edition: name, files: ["dist", "data"] }, undefined, 2)}\n`,
  };
  const copied = { LICENSE: "LICENSE", "data/registry.json": "data/registry.json" };
  const present = Object.entries(copied).filter(([, file]) => existsSync(join(root, file)));
  return new Map([
    ...Object.entries(files),
    ...present.map(([to, file]) => [to, readFileSync(join(root, file), "utf8")] as const),
  ]);
}
