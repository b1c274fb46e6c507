// Gradescope's results.json of one student. https://gradescope-autograders.readthedocs.io/en/latest/specs/
import type { ExerciseResult, StudentReport, StudentTest } from "../judge/verdict.js";
import { carriedLine, gainOf } from "./carried.js";
import { type Feedback, markLines, questionLines } from "./feedback.js";
import { outOf, tidy } from "./graded-class.js";
import { french } from "./messages.fr.js";
import { plainText } from "./plain-text.js";
import { evidenceLines, type Words } from "./words.js";

interface GradescopeTest {
  readonly name: string;
  readonly name_format: "text";
  readonly number: string;
  readonly score: number;
  /** Left out of points that come beside those of the tests. */
  readonly max_score?: number;
  /** Left out where the test could not be run, or is none: neither passed nor failed. */
  readonly status?: "passed" | "failed";
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible" | "after_published";
}

/** What Gradescope reads; hidden tests show when the marks are published, and hold no value even then. */
export interface GradescopeResults {
  /** Only where no test carries a score, or where staff changed the mark: it stands for the sum of the tests. */
  readonly score?: number;
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible";
  readonly stdout_visibility: "hidden";
  readonly tests: readonly GradescopeTest[];
  /** In seconds; where the autograder runs at Gradescope. */
  readonly execution_time?: number;
}

export function toGradescope(report: StudentReport, feedback: Partial<Feedback> = {}): GradescopeResults {
  const whole: Feedback = { tp: "", title: "", words: french, ...feedback };
  const tests = report.exercises.flatMap((exercise, i) => [
    ...exercise.tests.map((test, j) => toTest(exercise, test, `${i + 1}.${j + 1}`, whole.words)),
    ...carriedPoints(exercise, `${i + 1}.${exercise.tests.length + 1}`, whole.words),
  ]);
  const lines = [report.refused ?? [], report.notices, markLines(report, whole), questionLines(report, whole)].flat();
  const score = scoreOf(report, whole);
  return {
    ...(score === undefined ? {} : { score }),
    output: lines.map((line) => plainText(line)).join("\n"),
    output_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    tests,
  };
}

/** In the points of the tests, as Gradescope counts. */
function scoreOf(report: StudentReport, { person }: Feedback): number | undefined {
  const isChanged = person?.mark !== undefined && person.changes.length > 0;
  if (isChanged) return tidy((person.mark! * (report.points || outOf)) / outOf);
  return report.exercises.every(({ tests }) => tests.length === 0) ? 0 : undefined;
}

function toTest(
  { title, advice }: ExerciseResult<StudentTest>,
  test: StudentTest,
  number: string,
  words: Words,
): GradescopeTest {
  const status = test.verdict === "correct" ? "passed" : "failed";
  return {
    name: plainText(`${title}${words.colon} ${test.title}`),
    name_format: "text",
    number,
    score: tidy(test.earned),
    max_score: tidy(test.points),
    ...(test.verdict === "not-graded" ? {} : { status }),
    output: outputOf(test, advice, words)
      .map((line) => plainText(line))
      .join("\n"),
    output_format: "text",
    visibility: test.visibility === "visible" ? "visible" : "after_published",
  };
}

/** What an exercise earns beyond its tests, for errors carried forward: Gradescope adds up what stands in the list. */
function carriedPoints(exercise: ExerciseResult<StudentTest>, number: string, words: Words): GradescopeTest[] {
  const { title, carried } = exercise;
  const line = carriedLine(exercise, words);
  if (carried === undefined || line === undefined) return [];
  return [
    {
      name: plainText(title),
      name_format: "text",
      number,
      score: gainOf(carried),
      output: plainText(line),
      output_format: "text",
      visibility: "after_published", // it says how many points the hidden tests gave
    },
  ];
}

function outputOf(test: StudentTest, advice: string | undefined, words: Words): string[] {
  if (test.verdict === "correct") return [words.verdict.correct];
  const evidence = test.visibility === "visible" ? evidenceLines(words, test.evidence) : [];
  return [...(advice === undefined ? [] : [advice]), test.message || words.verdict[test.verdict], ...evidence];
}
