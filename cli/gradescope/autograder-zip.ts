// The zip that Gradescope takes: setup.sh, run_autograder, and the grader with its tests, settings and decisions of staff.
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { courseRoot } from "../course-root.js";
import { fetchedPackages } from "./fetched-packages.js";
import { graderFiles } from "./grader-files.js";
import { practiceFolder, type Settings, settingsName } from "./settings.js";

export interface ZipRequest extends Omit<Settings, "format" | "roster" | "overrides"> {
  readonly roster?: string | undefined;
  readonly overrides: readonly string[];
}

/** `root` is the compiled course. */
export async function autograderZip(request: ZipRequest, root: string = courseRoot): Promise<Uint8Array> {
  const { settings, files: practice } = settingsOf(request);
  const grader = await graderFiles(root, request.tp);
  grader.set(settingsName, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`));
  for (const [name, bytes] of practice) grader.set(`${practiceFolder}/${name}`, bytes);
  const script = (name: string) => Buffer.from(scriptText(join(root, "cli", "gradescope", name)));
  const entries: Zippable = {
    "setup.sh": [script("setup.sh"), executable],
    run_autograder: [script("run_autograder"), executable],
    "packages.txt": Buffer.from(fetchedPackages(root)),
  };
  for (const [path, bytes] of grader) {
    entries[`grader/${path}`] = /\/bin\/esbuild$/.test(path) ? [bytes, executable] : bytes;
  }
  return zipSync(entries, { mtime: new Date(2000, 0, 1), level: 6 });
}

/** Also where the zip is made on Windows: `3` is Unix, its modes stand in the upper half. */
const executable = { os: 3, attrs: 0o755 << 16 } as const;

/** A checkout on Windows may have changed its ends of lines, which bash does not take. */
const scriptText = (path: string): string => readFileSync(path, "utf8").replaceAll("\r\n", "\n");

interface WithPractice {
  readonly settings: Settings;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Files of staff go by plain names: what theirs are called is nobody's business there. */
function settingsOf({ roster, overrides, tp, seed, language, isolation }: ZipRequest): WithPractice {
  const files = new Map<string, Uint8Array>();
  const take = (path: string, name: string): string => {
    files.set(name, readFileSync(path));
    return name;
  };
  const given = overrides.map((path, i) => take(path, `overrides-${i + 1}${extname(basename(path))}`));
  const list = roster === undefined ? {} : { roster: take(roster, `roster${extname(roster)}`) };
  return { settings: { format: 1, tp, seed, language, isolation, overrides: given, ...list }, files };
}
