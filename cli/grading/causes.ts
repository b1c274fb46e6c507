// What a result depends on, as fingerprints: while none of them changes, a submission need not be graded again.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { version as esbuildVersion } from "esbuild";
import ts from "typescript";
import type { HandIn, WorkFile } from "../../autograder/submission/hand-in.js";
import type { ExpectedExercise, Submission } from "../../autograder/submission/submission.js";
import type { Tp } from "../../course/manifest.js";
import { courseRoot } from "../course-root.js";
import type { Causes } from "./journal.js";

export interface Conditions {
  readonly tp: Tp;
  readonly editionFolder: string;
  readonly layer: string;
  readonly seed: number;
}

/** Compiled or not: the folders beside this one. */
const beside = (folder: string): string => fileURLToPath(new URL(`../../${folder}`, import.meta.url));

/** What has its own fingerprint, or says what is done with marks once they are there. */
const besideMarks = ["specs", "report", "practice", "similar"];

/** All but the submission, each part for itself, so that one can say which of them has changed. */
export function commonCauses({ tp, editionFolder, layer, seed }: Conditions): Causes {
  const specs = join(beside("autograder"), "specs");
  const otherTps = namesIn(specs).filter((name) => name !== tp.name && isFolder(join(specs, name)));
  return {
    tests: fingerprint(tp, hashFolder(specs, otherTps), hashFolder(beside(`course/${tp.name}`)), solutionOf(tp)),
    grader: fingerprint(hashFolder(beside("autograder"), besideMarks), hashFolder(beside("cli/grading"))),
    // The student's, and the one that expected values are computed with.
    library: fingerprint(hashFolder(editionFolder), hashFolder(join(courseRoot, "src", "dist"))),
    // The compilers too: they decide what of a submission is an error, and what runs.
    node: `${process.version} ${process.platform}-${process.arch} esbuild ${esbuildVersion} typescript ${ts.version}`,
    layer,
    seed: String(seed),
  };
}

/** Errors are carried forward with it. */
const solutionOf = (tp: Tp): string => hashFiles(join(courseRoot, "solutions"), (name) => name === `${tp.name}.ts`);

/** How bytes become a submission. */
export function intakeOf(expected: readonly ExpectedExercise[], libraryNames: ReadonlySet<string>): string {
  return fingerprint(expected, [...libraryNames], hashFolder(beside("autograder/submission")));
}

/**
 * What was taken in: the same from a file that was saved again with other outputs, or whose cells ran again. Where it matters
 * which of them ran last, the program tells.
 */
export function submissionCause(submission: Submission): string {
  const part = (name: string, value: unknown): unknown => {
    if (name === "ran") return undefined;
    return value instanceof Map ? [...value] : value;
  };
  return fingerprint(JSON.stringify(submission, part));
}

/** Larger files are taken in again rather than hashed: most of them holds outputs. */
const mostBytes = 64 * 2 ** 20;

/** The very bytes: while they are the same they need not be taken in again. Undefined when they cannot be read. */
export function handInCause(
  { student, handedInAs, notices, files, texts }: HandIn,
  intake: string,
): string | undefined {
  try {
    const [work, beside] = [files, texts].map((group) => group.map((file) => [file.name, hash(bytesOf(file))]));
    return fingerprint(intake, student, handedInAs, notices, work, beside);
  } catch {
    return undefined;
  }
}

function bytesOf(file: WorkFile): Uint8Array {
  if ("bytes" in file) return file.bytes;
  if (statSync(file.path).size > mostBytes) throw new RangeError("too large to hash");
  return readFileSync(file.path);
}

const hash = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 24);

export const fingerprint = (...parts: readonly unknown[]): string => hash(JSON.stringify(parts));

/** Of all code under a folder; of nothing when there is none. */
function hashFolder(folder: string, without: readonly string[] = []): string {
  const parts = namesIn(folder)
    .filter(
      (name) => !without.includes(name) && !/^(?:fixtures|dist|node_modules)$|\.test\.|\.d\.ts$|\.map$|^\./.test(name),
    )
    .map((name) => [
      name,
      isFolder(join(folder, name)) ? hashFolder(join(folder, name)) : hash(readFileSync(join(folder, name))),
    ]);
  return fingerprint(...parts);
}

const hashFiles = (folder: string, isWanted: (name: string) => boolean): string =>
  fingerprint(
    ...namesIn(folder)
      .filter(isWanted)
      .map((name) => hash(readFileSync(join(folder, name)))),
  );

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const isFolder = (path: string): boolean => statSync(path).isDirectory();
