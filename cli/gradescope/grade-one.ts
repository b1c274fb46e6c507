// The submission that Gradescope has put into its folder, graded: results as Gradescope reads them, or why there are none.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readGradescopeMetadata } from "../../autograder/practice/hand-in-times.js";
import { readPracticeFiles, settleWith } from "../../autograder/practice/practice-files.js";
import { findTeams } from "../../autograder/practice/team-files.js";
import type { Team } from "../../autograder/practice/teams.js";
import { type Feedback, feedbacksOf } from "../../autograder/report/feedback.js";
import { type Graded, statusOf } from "../../autograder/report/graded-class.js";
import { type GradescopeResults, toGradescope } from "../../autograder/report/gradescope.js";
import { wordsIn } from "../../autograder/report/languages.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import { takeInOne } from "../../autograder/submission/take-in.js";
import { loadTp } from "../grading/all-specs.js";
import { loadSolution } from "../grading/carry-forward.js";
import { editionOf } from "../grading/edition.js";
import { gradeClass } from "../grading/grade-class.js";
import { openSandbox, startIn } from "../grading/open-sandbox.js";
import { expectedIn } from "../grading/visible-specs.js";
import { practiceFolder, type Settings } from "./settings.js";

export interface GradedOne {
  readonly results: GradescopeResults;
  /** For the instructors' output. */
  readonly remarks: readonly string[];
}

/** The fault is ours: no mark must come of it. */
class NotGraded extends Error {}

/** @throws NotGraded when some test could not be run */
export async function gradeOne(root: string, grader: string, settings: Settings): Promise<GradedOne> {
  const start = performance.now();
  const submitted = readMetadata(join(root, "submission_metadata.json"));
  const student = submitted.students.join(" et ") || "Rendu";
  const handIn = await takeInOne(join(root, "submission"), student);
  const { tp, exercises } = await loadTp(settings.tp);
  const edition = await editionOf(settings.tp);
  const { sandbox, layer, remark } = await openSandbox(edition.folder, settings.isolation);
  try {
    const [graded] = await gradeClass([handIn], {
      exercises,
      questions: tp.questions,
      expected: expectedIn(exercises),
      libraryNames: edition.names,
      solution: loadSolution(settings.tp),
      seed: settings.seed,
      jobs: 1,
      start: startIn(sandbox),
    });
    if (statusOf(graded!.staff) === "not-graded") throw new NotGraded(whyNot(graded!));
    const teams = "refused" in handIn ? new Map<string, Team>() : teamsOf(handIn, submitted);
    const { feedback, issues } = settle(graded!, grader, settings, { submitted, teams });
    const { name, title } = tp;
    const results = toGradescope(graded!.student, { tp: name, title, ...feedback });
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const remarks = [`isolation: ${layer}${remark === undefined ? "" : ` (${remark})`}`, ...issues];
    return { results: { ...results, execution_time: seconds }, remarks };
  } finally {
    await sandbox.close();
  }
}

interface Submitted {
  readonly handedIn?: Date;
  readonly students: readonly string[];
}

/** Absent where one tries the autograder by hand. */
const readMetadata = (path: string): Submitted =>
  existsSync(path) ? readGradescopeMetadata(readFileSync(path, "utf8")) : { students: [] };

/** Those who submitted as a group; `equipe.json` where Gradescope knows one of them only. */
const teamsOf = (handIn: HandIn, { students }: Submitted): ReadonlyMap<string, Team> =>
  students.length > 1 ? new Map([[handIn.student, { members: students }]]) : findTeams([handIn]);

interface Known {
  readonly submitted: Submitted;
  readonly teams: ReadonlyMap<string, Team>;
}

/** The mark once roster, overrides and lateness are known. */
function settle({ staff }: Graded, grader: string, settings: Settings, { submitted, teams }: Known) {
  const file = (name: string) => join(grader, practiceFolder, name);
  const known = readPracticeFiles({
    overrides: settings.overrides.map(file),
    ...(settings.roster === undefined ? {} : { roster: file(settings.roster) }),
  });
  const handedIn = submitted.handedIn === undefined ? [] : [[staff.student, submitted.handedIn] as const];
  const { marks, issues } = settleWith(known, [staff], { teams, handedIn: new Map(handedIn) });
  const people = marks.filter(({ submission }) => submission === staff.student);
  const feedbacks = feedbacksOf(people, { tp: "", title: "", words: wordsIn[settings.language] });
  const { person, ...shared } = feedbacks[0]!;
  // Gradescope gives a group one score: where its members' differ, that of the tests.
  const feedback: Partial<Feedback> = feedbacks.length === 1 && person !== undefined ? { ...shared, person } : shared;
  return { feedback, issues: issues.filter(({ kind }) => kind !== "useless-adjustment").map(({ text }) => text) };
}

function whyNot({ staff }: Graded): string {
  const failed = staff.exercises.flatMap(({ id, tests }) =>
    tests
      .filter(({ verdict }) => verdict === "not-graded")
      .map(({ title, staffEvidence }) => `${id}, ${title}: ${staffEvidence?.received ?? "?"}`),
  );
  return failed.join("\n");
}
