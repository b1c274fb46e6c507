// Puts the compiled student edition of a TP into dist/editions; one that is up to date is left alone.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Tp } from "../../manifest.js";
import { CourseError } from "../course-error.js";
import { andLater, compileEdition, editionFolder, editionSources } from "../edition.js";
import { sourcesIn } from "./cut.js";
import { replaceFolder } from "./replace-folder.js";

/** Writes `dist/editions/tp1`: the package `retroprop` of the TP's students, and a key that tells what it was made from. */
export function writeEdition(root: string, tp: Tp): "written" | "unchanged" {
  const folder = dirname(join(root, editionFolder(tp.name)));
  const key = keyOf(root, tp);
  if (isCurrent(folder, key)) return "unchanged";
  const { files, problems } = compileEdition(root, tp, editionSources(root, tp));
  const [problem] = problems;
  if (problem) throw new CourseError(problem, `in the student edition of ${tp.name}: ${problem.message}`);
  const inPackage = [...files].map(([path, text]) => [`retroprop/${path}`, text] as const);
  replaceFolder(folder, new Map([...inPackage, [keyFile, key]]));
  return "written";
}

const keyFile = "made-from.sha256";

const isCurrent = (folder: string, key: string): boolean =>
  existsSync(join(folder, "retroprop/package.json")) &&
  existsSync(join(folder, keyFile)) &&
  readFileSync(join(folder, keyFile), "utf8") === key;

/** Changes with anything the edition is made from: the sources, the exercises, the compiler, this very code. */
function keyOf(root: string, tp: Tp): string {
  const hash = createHash("sha256");
  const symbols = andLater(tp).map(({ exercises }) => exercises.map(({ symbol }) => symbol));
  hash.update(JSON.stringify([tp.name, ts.version, symbols]));
  const sources = [...sourcesIn(root, "src"), "src/package.json", "data/registry.json", "LICENSE"];
  for (const path of [...sources.map((file) => join(root, file)), ...ownCode()]) {
    if (existsSync(path))
      hash
        .update(`${path.slice(root.length)}\0`)
        .update(readFileSync(path))
        .update("\0");
  }
  return hash.digest("hex");
}

function ownCode(): string[] {
  const folder = dirname(fileURLToPath(import.meta.url));
  const parts = readdirSync(folder).filter((file) => /\.[jt]s$/.test(file) && !/\.(d|test)\.ts$/.test(file));
  return [...parts.sort().map((file) => join(folder, file)), `${folder}${import.meta.url.slice(-3)}`];
}
