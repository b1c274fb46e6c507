// Gradescope's results.json of one student. https://gradescope-autograders.readthedocs.io/en/latest/specs/
import type { ExerciseResult, StudentReport, StudentTest } from "../judge/verdict.js";
import { tidy } from "./graded-class.js";
import { evidenceLines, questionLine, verdictWord } from "./messages.fr.js";
import { plainText } from "./plain-text.js";

interface GradescopeTest {
  readonly name: string;
  readonly name_format: "text";
  readonly number: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: "passed" | "failed";
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible" | "after_published";
}

/** What Gradescope reads; hidden tests show when the marks are published, and hold no value even then. */
export interface GradescopeResults {
  /** Only where no test carries a score. */
  readonly score?: number;
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible";
  readonly stdout_visibility: "hidden";
  readonly tests: readonly GradescopeTest[];
}

export function toGradescope(report: StudentReport): GradescopeResults {
  const tests = report.exercises.flatMap((exercise, i) =>
    exercise.tests.map((test, j) => toTest(exercise, test, i, j)),
  );
  const lines = [report.refused ?? [], report.notices, report.questions.map(questionLine)].flat();
  return {
    ...(tests.length === 0 ? { score: 0 } : {}),
    output: lines.map((line) => plainText(line)).join("\n"),
    output_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    tests,
  };
}

function toTest(exercise: ExerciseResult<StudentTest>, test: StudentTest, i: number, j: number): GradescopeTest {
  const { title, advice } = exercise;
  return {
    name: plainText(`${title} : ${test.title}`),
    name_format: "text",
    number: `${i + 1}.${j + 1}`,
    score: tidy(test.earned),
    max_score: tidy(test.points),
    status: test.verdict === "correct" ? "passed" : "failed",
    output: outputOf(test, advice)
      .map((line) => plainText(line))
      .join("\n"),
    output_format: "text",
    visibility: test.visibility === "visible" ? "visible" : "after_published",
  };
}

function outputOf(test: StudentTest, advice: string | undefined): string[] {
  if (test.verdict === "correct") return [verdictWord.correct];
  const evidence = test.visibility === "visible" ? evidenceLines(test.evidence) : [];
  return [...(advice === undefined ? [] : [advice]), test.message || verdictWord[test.verdict], ...evidence];
}
