// The library as a student of a TP has it: what their code imports when it is checked or graded.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CliError } from "../command.js";
import { courseRoot } from "../course-root.js";

export interface Edition {
  readonly folder: string;
  /** The values it exports. */
  readonly names: ReadonlySet<string>;
}

/** The edition that marks are given with: it holds no answer. */
export function editionOf(tp: string): Promise<Edition> {
  const folder = join(courseRoot, "dist", "editions", tp, "retroprop");
  if (!existsSync(join(folder, "package.json"))) {
    throw new CliError(`the student edition of ${tp} is not built (no ${folder}): run \`npm run build\``, 3);
  }
  return open(folder);
}

/** The edition where there is one; in a student's folder, the library that is installed is the edition. */
export function editionForCheck(tp: string): Promise<Edition> {
  const built = join(courseRoot, "dist", "editions", tp, "retroprop");
  if (existsSync(join(built, "package.json"))) return open(built);
  return open(packageFolder(fileURLToPath(import.meta.resolve("retroprop"))));
}

function packageFolder(file: string): string {
  const folder = dirname(file);
  return existsSync(join(folder, "package.json")) ? folder : packageFolder(folder);
}

async function open(folder: string): Promise<Edition> {
  const { main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { folder, names: new Set(Object.keys(await import(pathToFileURL(join(folder, main)).href))) };
}
