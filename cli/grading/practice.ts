// From a graded class to what its staff publish: the marks once roster, overrides and lateness are known, and Moodle's files.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClassMarks } from "../../autograder/practice/class-marks.js";
import { PracticeError } from "../../autograder/practice/practice-error.js";
import {
  type KnownPractice,
  modifiedTimes,
  readPracticeFiles,
  settleWith,
} from "../../autograder/practice/practice-files.js";
import { findTeams } from "../../autograder/practice/team-files.js";
import { keyName } from "../../autograder/practice/written-marks.js";
import { compareRuns, moveLines, type Run, readRun } from "../../autograder/report/compare-runs.js";
import type { GradedClass } from "../../autograder/report/graded-class.js";
import { wordsIn } from "../../autograder/report/languages.js";
import { type BytesFile, forMoodle } from "../../autograder/report/moodle.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import type { Refusal } from "../../autograder/submission/submission.js";
import { CliError } from "../command.js";
import type { GradeRequest } from "./grade-request.js";
import { changedSince } from "./messages.fr.js";

/** What is known beside the submissions, read before anything is graded. */
export interface Beside {
  readonly known: KnownPractice;
  readonly earlier: Run | undefined;
}

export function readBeside({ tp, roster, overrides, worksheet, compare, out }: GradeRequest): Beside {
  const key = join(out, keyName);
  const files = {
    overrides,
    ...(roster === undefined ? {} : { roster }),
    ...(worksheet === undefined ? {} : { worksheet }),
    ...(existsSync(key) ? { key } : {}),
  };
  try {
    const earlier = compare === undefined ? lastRun(out, tp) : readRun(readFileSync(compare, "utf8"), compare);
    return { known: readPracticeFiles(files), earlier };
  } catch (error) {
    throw error instanceof PracticeError || compare !== undefined ? new CliError((error as Error).message) : error;
  }
}

export function settleMarks(
  { known }: Beside,
  { graded }: GradedClass,
  handIns: readonly (HandIn | Refusal)[],
  { times }: GradeRequest,
): ClassMarks {
  const taken = handIns.filter((handIn): handIn is HandIn => !("refused" in handIn));
  const more = { teams: findTeams(taken), ...(times === "mtime" ? { handedIn: modifiedTimes(taken) } : {}) };
  return settleWith(
    known,
    graded.map(({ staff }) => staff),
    more,
  );
}

/** The worksheet filled in, and the feedback as Moodle takes it back. */
export function moodleFiles(
  { known }: Beside,
  graded: GradedClass,
  marks: ClassMarks,
  { language }: GradeRequest,
): { readonly files: readonly BytesFile[]; readonly problems: readonly string[] } {
  if (known.worksheet === undefined) return { files: [], problems: [] };
  const { files, issues } = forMoodle(graded, marks, wordsIn[language], known.worksheet);
  return { files, problems: issues.map(({ text }) => text) };
}

/** The run whose report this one replaces; undefined when there is none of this TP. */
function lastRun(out: string, tp: string): Run | undefined {
  try {
    const run = readRun(readFileSync(join(out, "results.json"), "utf8"));
    return run.tp === tp ? run : undefined;
  } catch {
    return undefined;
  }
}

/** Whose mark moves since the earlier run, and why: `regraded` says what had changed, by submission. */
export function movesSince(
  { earlier }: Beside,
  results: string,
  regraded: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] {
  if (earlier === undefined) return [];
  const moves = compareRuns(earlier, readRun(results)).map((move) => {
    const causes = regraded.get(move.submission ?? "") ?? [];
    return causes.length === 0 ? move : { ...move, why: [changedSince(causes), ...move.why] };
  });
  return moveLines(moves);
}
