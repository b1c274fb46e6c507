// What every form of a student's feedback says beside the tests: the mark and why, the questions, as lines of text.
import type { StudentReport } from "../judge/verdict.js";
import type { PersonMark } from "../practice/class-marks.js";
import { markOf, statusOf } from "./graded-class.js";
import type { Words } from "./words.js";

/** What a submission's feedback is written with. */
export interface Feedback {
  readonly tp: string;
  readonly title: string;
  readonly words: Words;
  /** Whose mark is shown; where nobody settled marks, the tests give it. */
  readonly person?: PersonMark;
  /** The names of all whose submission it is, when they are several. */
  readonly team?: readonly string[];
}

export const markShown = (report: StudentReport, { person }: Feedback): number | undefined =>
  person === undefined ? markOf(report) : person.mark;

/** The questions that are still to be marked; nothing where they cannot change the mark any more. */
export function provisionalLine(report: StudentReport, { person, words }: Feedback): string | undefined {
  if (statusOf(report) === "refused" || person?.changes.some(({ kind }) => kind === "mark")) return undefined;
  const marked = new Set(person?.questions.filter(({ earned }) => earned !== undefined).map(({ id }) => id));
  const left = report.questions.filter(({ id }) => !marked.has(id));
  const points = left.reduce((sum, question) => sum + question.points, 0);
  return left.length === 0 ? undefined : words.provisional(left.length, points);
}

/** Both marks and each step between them; nothing where the tests' mark stands. */
export function markLines(report: StudentReport, { person, words }: Feedback): string[] {
  if (person === undefined) return [];
  const titles = new Map(report.exercises.map(({ id, title }) => [id, title]));
  // A question's points stand with the question.
  const told = person.changes.filter(({ kind }) => kind !== "question");
  const isMoved = person.changes.length > 0 && person.testMark !== undefined;
  return [
    ...[words.state[person.state] ?? []].flat(),
    ...(isMoved ? [words.testMark(person.testMark!)] : []),
    ...told.map((change) => words.change(change, titles.get(change.id ?? "") ?? change.id ?? "")),
  ];
}

export function questionLines(report: StudentReport, { person, words }: Feedback): string[] {
  const marked = new Map(person?.questions.map((question) => [question.id, question]));
  return report.questions.map((question) => words.questionLine({ ...question, ...marked.get(question.id) }));
}

/** One feedback for a submission, or one a member where a team's members do not have the same mark for the same reasons. */
export function feedbacksOf(people: readonly PersonMark[], base: Omit<Feedback, "person" | "team">): Feedback[] {
  const team = people.length > 1 ? { team: people.map(({ person }) => person.name) } : {};
  const settled = new Set(people.map(({ mark, state, changes }) => JSON.stringify([mark, state, changes])));
  if (settled.size > 1) return people.map((person) => ({ ...base, ...team, person }));
  const [person] = people;
  return [{ ...base, ...team, ...(person === undefined ? {} : { person }) }];
}
