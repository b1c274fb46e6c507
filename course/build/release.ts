// What a student of a TP unpacks, runs and hands in from: notebook, stubs, library, visible tests, command. No answer.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Tp } from "../manifest.js";
import { CourseError, type Place } from "./course-error.js";
import { readSource } from "./course-source.js";
import { type Compiled, compilePackage } from "./edition/compile-package.js";
import { cutSources } from "./edition/cut.js";
import { lockfileOf, type Manifest } from "./edition/lockfile.js";
import { compileEdition, editionSources, editionTypes, type LibraryEdition } from "./edition.js";
import { generatedFiles } from "./generate.js";
import { leaksIn } from "./leak.js";
import { fillPlaceholders } from "./placeholders.js";
import { frenchTypography } from "./typography.js";

/** Path → text, or bytes. */
export type ReleaseFiles = ReadonlyMap<string, string | Uint8Array>;

/** The files of the release of a TP, the same bytes on every machine. Writes nothing. */
export function releaseFiles(root: string, tp: Tp): ReleaseFiles {
  const packages = releasedPackages(root, tp);
  const workspaces = new Map([...packages].map(([folder, { manifest }]) => [folder, manifest]));
  const manifest = rootManifest(root, tp, [...packages.values()]);
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const { student, exercises } = generatedFiles(tp);
  const copied = [
    student,
    exercises,
    "exercises/package.json",
    "exercises/tsconfig.json",
    "data/README.md",
    "data/registry.json",
    "LICENSE",
  ];
  const files = new Map([
    ["README.md", readme(root, tp)],
    ["package.json", json(manifest)],
    ["package-lock.json", lockfileOf(read("package-lock.json"), manifest, workspaces)],
    [".gitignore", "node_modules/\nexecuted/\n"],
    ...copied.map((file) => [file, read(file)] as const),
    ...[...packages].flatMap(([folder, { files }]) =>
      [...files].map(([file, text]) => [`${folder}/${file}`, text] as const),
    ),
  ]);
  refuseLeaks(root, tp, files);
  const all: [string, string | Uint8Array][] = [...files, ...pageBundle(root)];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where the command looks for the built page, in the course and in a release. */
const bundleFolder = "lab/page/bundle";

/** As it was built, of packages and `lab/page/src`: nothing of the course is in it. */
function pageBundle(root: string): [string, Uint8Array][] {
  const folder = join(root, bundleFolder);
  if (!existsSync(folder)) {
    const place = { file: bundleFolder, line: 1 };
    throw new CourseError(place, "missing: `npm ci --prefix lab/page && npm run --prefix lab/page build` makes it");
  }
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return names.map((name) => [`${bundleFolder}/${name.replaceAll("\\", "/")}`, readFileSync(join(folder, name))]);
}

/** By its making a release holds no answer; it is looked through all the same. */
function refuseLeaks(root: string, tp: Tp, files: ReadonlyMap<string, string>): void {
  const published = [...files].map(([file, text]) => ({ file: `(release) ${file}`, line: 1, text }));
  const [leak] = leaksIn(readSource(root, tp), published);
  if (leak) throw new CourseError(leak, leak.message);
}

interface ReleasedPackage {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, string>;
}

/** Folder → package. All three are compiled against the student's library: what a test needs of an answer is an error. */
function releasedPackages(root: string, tp: Tp): Map<string, ReleasedPackage> {
  const library = compileEdition(root, tp, editionSources(root, tp));
  refuse(tp, library);
  const autograder = compileAgainst(root, tp, library, autograderPart);
  const command = compileAgainst(root, tp, library, commandPart);
  return new Map([
    ["packages/retroprop", libraryPackage(library)],
    ["packages/retroprop-autograder", withManifest(readJson(root, "autograder/package.json"), autograder)],
    [commandFolder, withManifest(commandManifest(root), command)],
  ]);
}

/** The data's registry stands in the release's own data folder: what is fetched goes there. */
function libraryPackage({ files }: LibraryEdition): ReleasedPackage {
  const shipped = new Map([...files].filter(([file]) => !file.startsWith("data/")));
  return { manifest: JSON.parse(files.get("package.json")!), files: shipped };
}

const withManifest = (manifest: Manifest, { files }: Compiled): ReleasedPackage => ({
  manifest,
  files: new Map([["package.json", json(manifest)], ...files]),
});

const commandFolder = "packages/retroprop-cli";

const commandManifest = (root: string): Manifest & { readonly private: true; readonly type: "module" } => {
  const { version, license, engines } = readJson(root, "package.json");
  const bin = { retroprop: "dist/cli/student.js" };
  return {
    name: "retroprop-cli",
    version,
    private: true,
    ...(license ? { license } : {}),
    type: "module",
    bin,
    ...(engines ? { engines } : {}),
  };
};

/** What of the tree a package is compiled from. */
interface Part {
  readonly folders: readonly string[];
  readonly rootFolder: string;
  readonly entries: readonly string[];
  readonly declarations: boolean;
}

const autograderPart: Part = {
  folders: ["autograder"],
  rootFolder: "autograder",
  entries: ["autograder/index.ts"],
  declarations: true,
};

/** Run once on the student's machine: kernels then start sooner. */
const saveCode = "kernel/engine/save-code.ts";

const commandPart: Part = {
  folders: [
    "cli",
    "kernel",
    "autograder",
    "lab/server",
    "lab/analysis",
    "lab/course-notebook.ts",
    "lab/analysis-protocol.ts",
  ],
  rootFolder: ".",
  // The others are run, not imported: the sandbox finds the harness beside its own folder, the client its kernel.
  entries: [
    "cli/student.ts",
    "autograder/harness/main.ts",
    "kernel/protocol/main.ts",
    "kernel/protocol/io-thread.ts",
    "lab/analysis/worker.ts",
    saveCode,
  ],
  declarations: false,
};

function compileAgainst(
  root: string,
  tp: Tp,
  library: LibraryEdition,
  { folders, rootFolder, declarations, entries }: Part,
): Compiled {
  const sources = cutSources(root, folders, { entries, without: [] });
  for (const file of sources.keys())
    if (staffOnly.test(file)) throw new CourseError({ file, line: 1 }, notForStudents(entries));
  const { entry, types } = editionTypes(tp.name, library);
  const compiled = compilePackage(root, { sources, rootFolder, declarations, types, entries: { retroprop: entry } });
  refuse(tp, compiled);
  return compiled;
}

/** Files that no release may hold, in whatever package. */
const staffOnly =
  /(^|\/)(hidden|mistakes|variants)(\.|\/)|^course\/|^cli\/(gradescope\/|commands\/(build|grade|gradescope|release|similar)\.)/;

const notForStudents = (entries: readonly string[]): string =>
  `a release would hold this file, which is not for students: ${entries.join(" and ")} must not need it`;

function refuse(
  tp: Tp,
  { problems: [problem] }: { readonly problems: readonly (Place & { message: string })[] },
): void {
  if (problem) throw new CourseError(problem, `in the student edition of ${tp.name}: ${problem.message}`);
}

/** The command finds its course by this name. */
const courseName = "retroprop-course";

function rootManifest(root: string, { name: tp, title }: Tp, packages: readonly ReleasedPackage[]) {
  const { version, license, engines, dependencies, devDependencies } = readJson(root, "package.json");
  const imported = new Set(
    packages.flatMap(({ files }) => [...files].flatMap(([file, text]) => importsOf(file, text))),
  );
  // @types/node: `ts-node` checks the types of exercises/tp1.ts.
  const needed = Object.entries(devDependencies ?? {}).filter(([name]) => imported.has(name) || name === "@types/node");
  return {
    name: courseName,
    version,
    private: true,
    description: `${tp.toUpperCase()}. ${title}`,
    ...(license ? { license } : {}),
    type: "module",
    workspaces: ["packages/*"],
    ...(engines ? { engines } : {}),
    scripts: {
      start: `retroprop start ${tp}`,
      run: `retroprop run notebooks/${tp}.ipynb --out executed/${tp}.ipynb --html executed/${tp}.html --allow-errors`,
      check: `retroprop check ${tp}`,
      prepare: `node ${commandFolder}/dist/${saveCode.replace(/ts$/, "js")}`,
    },
    dependencies: sortKeys({ ...dependencies, ...Object.fromEntries(needed) }),
  };
}

/** The packages a compiled file imports by name. */
function importsOf(file: string, text: string): string[] {
  if (!file.endsWith(".js")) return [];
  const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return names.filter((name) => !/^[./]|^node:/.test(name)).map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
}

function readme(root: string, tp: Tp): string {
  const file = "course/release/README.fr.md";
  if (!existsSync(join(root, file))) throw new CourseError({ file, line: 1 }, "missing: a release opens with it");
  const names: Readonly<Record<string, string>> = { TP: tp.name.toUpperCase(), tp: tp.name, title: tp.title };
  const text = readFileSync(join(root, file), "utf8").replace(
    /\{\{(TP|tp|title)\}\}/g,
    (_, name: string) => names[name]!,
  );
  return frenchTypography(fillPlaceholders(text, tp, { file, line: 1 }));
}

const readJson = (
  root: string,
  file: string,
): Manifest & { readonly devDependencies?: Readonly<Record<string, string>> } =>
  JSON.parse(readFileSync(join(root, file), "utf8"));

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const sortKeys = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
