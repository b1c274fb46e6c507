// From what staff read to what a student may read: the one place where a hidden test loses its evidence.
import type { CarriedForward, ExerciseResult, StaffReport, StaffTest, StudentReport, StudentTest } from "./verdict.js";

export function toStudentReport(staff: StaffReport): StudentReport {
  const { student, refused, notices, exercises, earned, points, questions } = staff;
  return {
    student,
    ...(refused === undefined ? {} : { refused }),
    notices,
    exercises: exercises.map(toStudentExercise),
    earned,
    points,
    questions: questions.map(({ id, points, answer }) => ({ id, points, answered: answer.trim() !== "" })),
  };
}

/** Field by field: what staff are told one day reaches no student by itself. */
export function toStudentExercise(exercise: ExerciseResult<StaffTest>): ExerciseResult<StudentTest> {
  const { id, title, points, earned, advice, carried, tests } = exercise;
  return {
    id,
    title,
    points,
    earned,
    ...(advice === undefined ? {} : { advice }),
    ...(carried === undefined ? {} : { carried: toStudentMarks(carried) }),
    tests: tests.map(toStudentTest),
  };
}

/** Marks and names: nothing that ran beside the solution is repeated. */
function toStudentMarks({ replaced, own, withSolution }: CarriedForward): CarriedForward {
  return { replaced: replaced.map(({ id, title }) => ({ id, title })), own, withSolution };
}

function toStudentTest(test: StaffTest): StudentTest {
  const { title, points, earned, verdict, message } = test;
  const shown = { title, points, earned, verdict, message };
  if (test.visibility === "hidden") return { ...shown, visibility: "hidden" };
  const isShown = test.staffEvidence !== undefined && verdict !== "not-graded"; // of a fault of ours, staff are told
  const evidence = isShown ? { evidence: test.staffEvidence } : {};
  return { ...shown, visibility: "visible", ...evidence };
}
