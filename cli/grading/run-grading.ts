// One run over a class: opens the sandbox, goes on where an earlier run stopped, grades what is left.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GradedClass } from "../../autograder/report/graded-class.js";
import { sweepTemporaryFolders } from "../../autograder/sandbox/temporary-folder.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import type { Refusal } from "../../autograder/submission/submission.js";
import { courseRoot } from "../course-root.js";
import type { Terminal } from "../terminal.js";
import { expectedOf, type GradedTp, loadTp } from "./all-specs.js";
import { loadSolution } from "./carry-forward.js";
import { commonCauses, intakeOf } from "./causes.js";
import { closeOnSignal } from "./close-on-signal.js";
import type { Edition } from "./edition.js";
import { gradeClass } from "./grade-class.js";
import type { GradeRequest } from "./grade-request.js";
import type { Journal } from "./journal.js";
import { KeptReports } from "./kept-reports.js";
import { openSandbox, startIn } from "./open-sandbox.js";
import { createProgressNote } from "./progress-note.js";
import { rehearsalFor } from "./rehearsal.js";

export type FindEdition = (tp: string) => Promise<Edition>;

export interface Run {
  readonly graded: GradedClass;
  readonly questions: GradedTp["tp"]["questions"];
  /** What was taken from earlier runs, and why the rest was not. */
  readonly kept: KeptReports;
}

export async function runGrading(
  request: GradeRequest,
  handIns: readonly (HandIn | Refusal)[],
  journal: Journal,
  findEdition: FindEdition,
  terminal: Terminal,
): Promise<Run> {
  sweepTemporaryFolders();
  const [{ tp, exercises }, edition] = await Promise.all([loadTp(request.tp), findEdition(request.tp)]);
  const solution = loadSolution(tp.name);
  const rehearsal = rehearsalFor(handIns.length, exercises, solution);
  const { sandbox, layer, canaries, remark } = await openSandbox(edition.folder, request.isolation, rehearsal);
  const expected = expectedOf({ tp, exercises });
  const common = commonCauses({ tp, editionFolder: edition.folder, layer, seed: journal.seed });
  const kept = new KeptReports(journal, common, intakeOf(expected, edition.names));
  const progress = showProgress(`grading ${request.tp}`, handIns.length, kept, terminal);
  const stopListening = closeOnSignal(sandbox, () => {
    journal.close(); // first of all: a process that ends now has not failed
    terminal.warn(farewell(progress.done(), handIns.length));
  });
  if (!request.json) terminal.print(`Isolation: ${layer}${remark === undefined ? "" : ` (${remark})`}`);
  const { name, title, questions } = tp;
  const { seed } = journal;
  try {
    const graded = await gradeClass(handIns, {
      exercises,
      questions,
      expected,
      libraryNames: edition.names,
      solution,
      seed,
      jobs: request.jobs,
      start: startIn(sandbox),
      kept,
      onGraded: progress.onGraded,
    });
    return { graded: { tp: name, title, seed, layer, canaries, versions: versions(), graded }, questions, kept };
  } finally {
    progress.end();
    stopListening();
    await sandbox.close();
  }
}

function showProgress(label: string, total: number, kept: KeptReports, terminal: Terminal) {
  const bar = terminal.progress(label);
  const note = createProgressNote(total);
  let done = 0;
  return {
    done: (): number => done,
    onGraded(count: number, student: string): void {
      done = count;
      bar.update(count / total, note(count, kept.count, student));
    },
    end: (): void => bar.end(),
  };
}

const farewell = (done: number, total: number): string =>
  `retroprop grade: interrupted; no report was written, and ${done} of ${total} are done: the same command goes on from there`;

const versions = (): Record<string, string> => ({
  retroprop: JSON.parse(readFileSync(join(courseRoot, "package.json"), "utf8")).version,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
});
