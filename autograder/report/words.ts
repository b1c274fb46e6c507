// All that a student's report says of its own, in one language; what the tests say stays as the specs wrote it, in French.

import type { Evidence, Verdict } from "../judge/verdict.js";
import type { Change, MarkState, QuestionMark } from "../practice/person-mark.js";

export type Language = "fr" | "en";

export interface Words {
  readonly language: Language;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly evidence: Readonly<Record<keyof Evidence, string>>;
  /** `14,5`, at most two decimals. */
  readonly number: (value: number) => string;
  readonly countPoints: (count: number) => string;
  /** Between a word and what it announces. */
  readonly colon: string;
  /** `à noter`, `sans réponse`, or what it earned. */
  readonly questionLine: (question: QuestionMark & { readonly answered: boolean }) => string;
  readonly provisional: (count: number, points: number) => string;
  readonly noMark: string;
  /** Why there is no mark; nothing to add where there is one. */
  readonly state: Partial<Readonly<Record<MarkState, string>>>;
  readonly testMark: (mark: number) => string;
  readonly changesHeading: string;
  /** `exercise` is its title, where the change is about one. */
  readonly change: (change: Change, exercise: string) => string;
  readonly teamHeading: string;
  readonly title: (tp: string, student: string) => string;
  readonly refusedHeading: string;
  readonly noticesHeading: string;
  /** Above what each test of a submission failed of. */
  readonly allTests: string;
  readonly questionsHeading: string;
  readonly questionsIntroduction: string;
  /** Both marks of an exercise that was graded again with the solution of others in place, each as `0,5 / 3`. */
  readonly carried: (own: string, withSolution: string, replaced: readonly string[]) => string;
  /** Said of the better one. */
  readonly carriedKept: string;
  /** Why the better one is what it is: `missing` points are lost with the solution too. */
  readonly carriedWhy: (missing: number) => string;
  /** The tests that a student reads are not those that gave the mark. */
  readonly carriedTests: string;
  readonly hiddenTest: string;
  readonly exerciseColumn: string;
  readonly pointsColumn: string;
  readonly footer: (title: string) => string;
}

export const share = (words: Words, earned: number, points: number): string =>
  `${words.number(earned)} / ${words.number(points)}`;

export const evidenceKeys = ["expected", "received", "where"] as const;

/** `Attendu : 3`, a line for each that there is. */
export function evidenceLines(words: Words, evidence: Evidence = {}): string[] {
  return evidenceKeys.flatMap((key) =>
    evidence[key] === undefined ? [] : [`${words.evidence[key]}${words.colon} ${evidence[key]}`],
  );
}

export const questionNumber = (id: string): string => /\d+$/.exec(id)?.[0] ?? id;
