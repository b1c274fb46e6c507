// Regenerates the course: reads every source first, writes at the end, all or nothing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renameOver } from "../../kernel/client/rename-over.js";
import type { Tp } from "../manifest.js";
import { CourseError } from "./course-error.js";
import { placeOf } from "./course-source.js";
import { type Execute, failures, run } from "./execute.js";
import { type Generated, generate, generatedFiles } from "./generate.js";
import { formatNotebook } from "./notebook-format.js";
import { isExecuted, withOutputsOf } from "./outputs.js";

export interface BuildResult {
  /** Files whose text has changed, relative to the root. */
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly notices: readonly string[];
}

export interface BuildOptions {
  /** Also runs the solution notebooks. */
  readonly execute?: Execute | undefined;
  /** Writes over notebooks that somebody has worked in. */
  readonly force?: boolean;
}

/** Builds some TPs of the course at `root`. */
export async function build(
  root: string,
  tps: readonly Tp[],
  { execute, force = false }: BuildOptions = {},
): Promise<BuildResult> {
  const files = new Map<string, string>();
  const notices: string[] = [];
  for (const tp of tps) {
    const generated = generate(root, tp);
    if (!force) expectNobodysWork(root, generatedFiles(tp).student, generated);
    for (const [file, text] of generated.files) files.set(file, text);
    if (!execute) notices.push(...generated.notices);
    else files.set(generatedFiles(tp).solution, await executed(generated, execute));
  }
  const unchanged = [...files.keys()].filter((file) => isOnDisk(root, file, files.get(file)!));
  const written = [...files.keys()].filter((file) => !unchanged.includes(file));
  writeAll(root, new Map(written.map((file) => [file, files.get(file)!])));
  return { written, unchanged, notices };
}

/** Whoever reads the course also works in it: `npm start` serves these very notebooks. */
function expectNobodysWork(root: string, file: string, { files }: Generated): void {
  const path = join(root, file);
  const isFresh = !existsSync(path) || isOnDisk(root, file, files.get(file)!);
  if (isFresh || !hasRun(readFileSync(path, "utf8"))) return;
  throw new CourseError(
    { file, line: 1 },
    "somebody has run cells of it, and would lose what they wrote: copy it elsewhere, then build again with --force",
  );
}

function hasRun(text: string): boolean {
  try {
    return isExecuted(JSON.parse(text));
  } catch {
    return false; // no notebook: nothing to lose
  }
}

/** The solution notebook with fresh outputs; an error in it fails the build. */
async function executed({ source, solution }: Generated, execute: Execute): Promise<string> {
  const { solution: file } = generatedFiles(source.tp);
  const result = await run(execute, solution, { folder: dirname(file), label: file, allowErrors: false });
  const [failure] = failures(result);
  if (failure) throw new CourseError(placeOf(source, failure.cell), `in ${file}: ${failure.message}`);
  return formatNotebook(withOutputsOf(solution, result));
}

/** Writes every file beside its place, then puts all of them in place: a full disk or a forbidden folder changes nothing. */
function writeAll(root: string, files: ReadonlyMap<string, string>): void {
  const temporary = (file: string) => join(root, `${file}.${process.pid}.tmp`);
  try {
    for (const [file, text] of files) attempt(file, () => writeNew(temporary(file), text));
    for (const file of files.keys()) attempt(file, () => renameOver(temporary(file), join(root, file)));
  } finally {
    for (const file of files.keys()) if (existsSync(temporary(file))) rmSync(temporary(file));
  }
}

function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function attempt(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const reason = (error as Error).message;
    throw new CourseError({ file, line: 1 }, `cannot be written (${reason}): make room for it, then build again`);
  }
}

const isOnDisk = (root: string, file: string, text: string): boolean =>
  existsSync(join(root, file)) && readFileSync(join(root, file), "utf8") === text;
