// One person's mark: the tests, then what staff changed, step by step, each with its reason; the penalty for being late last.
import type { StaffReport } from "../judge/verdict.js";
import type { Adjustment, Adjustments, LateRule } from "./adjustments.js";
import { fingerprint } from "./fingerprint.js";
import { latenessOf } from "./late.js";
import { lateReason } from "./messages.fr.js";
import type { Absence } from "./roster.js";
import { outOf, roundMark } from "./rounding.js";

/**
 * provisional: questions are still to be marked, the mark is that of the tests.
 * missing: nothing was handed in, and nobody said why: neither a mark nor a zero.
 * conflict: several submissions, or several teams: staff must say which.
 */
export type MarkState = "graded" | "provisional" | "refused" | "not-graded" | "missing" | "conflict" | Absence;

export interface Change {
  readonly kind: "exercise" | "question" | "bonus" | "late" | "mark";
  /** The exercise or question. */
  readonly id?: string;
  readonly from?: number;
  readonly to: number;
  readonly reason: string;
  readonly author?: string;
}

export interface QuestionMark {
  readonly id: string;
  readonly points: number;
  /** Undefined while it is to be marked. */
  readonly earned?: number;
  readonly comment?: string;
  /** The boxes that were ticked on the marking page. */
  readonly criteria?: Readonly<Record<string, number>>;
}

export interface Settled {
  readonly state: MarkState;
  /** What the tests give, out of 20, to the hundredth. */
  readonly testMark?: number;
  /** After everything. */
  readonly mark?: number;
  readonly changes: readonly Change[];
  readonly questions: readonly QuestionMark[];
}

/** `entries` are those that concern this person, in the order of the file: of two about the same thing, the later one holds. */
export function settle(
  staff: StaffReport,
  entries: readonly Adjustment[],
  { rounding, late }: Adjustments,
  handedIn: Date | undefined,
): Settled {
  const exercises = exerciseChanges(staff, entries);
  const questions = staff.questions.map((question) => questionMark(question, entries));
  const state = stateOf(staff, questions, exercises);
  const marked = entries.findLast((entry) => "mark" in entry);
  const testMark = state === "refused" ? undefined : markOf(staff, [], []);
  const tests = testMark === undefined ? {} : { testMark: roundMark(testMark, "hundredth") };
  if (marked === undefined && state !== "graded" && state !== "provisional")
    return { state, changes: exercises, questions };

  const counted = state === "graded" ? questions : [];
  const start = markOf(staff, exercises, counted) ?? 0;
  const changes = [...exercises, ...questionChanges(entries, questions), ...bonusChanges(entries, start)];
  const whole = changes.findLast(({ kind }) => kind === "bonus")?.to ?? start;
  const penalty = penaltyChange(entries, late, handedIn, whole);
  const final = penalty?.to ?? whole;
  const all = [
    ...changes,
    ...(penalty === undefined ? [] : [penalty]),
    ...(marked === undefined ? [] : [lastWord(marked, final)]),
  ];
  const mark = roundMark(marked?.mark ?? final, rounding);
  return { state: marked === undefined ? state : "graded", ...tests, mark, changes: all, questions };
}

function stateOf(staff: StaffReport, questions: readonly QuestionMark[], changes: readonly Change[]): MarkState {
  if (staff.refused !== undefined) return "refused";
  const decided = new Set(changes.map(({ id }) => id));
  const unknown = staff.exercises.filter(({ id }) => !decided.has(id)).flatMap(({ tests }) => tests);
  if (unknown.some(({ verdict }) => verdict === "not-graded")) return "not-graded";
  return questions.some(({ earned }) => earned === undefined) ? "provisional" : "graded";
}

/** Points earned over points possible, out of 20: of the tests, and of the questions once all are marked. */
function markOf(
  staff: StaffReport,
  changes: readonly Change[],
  questions: readonly QuestionMark[],
): number | undefined {
  const decided = new Map(changes.map(({ id, to }) => [id, to]));
  const earned = staff.exercises.map((exercise) => decided.get(exercise.id) ?? exercise.earned);
  const possible = sum(staff.exercises.map(({ points }) => points)) + sum(questions.map(({ points }) => points));
  return possible === 0 ? undefined : (outOf * (sum(earned) + sum(questions.map((one) => one.earned ?? 0)))) / possible;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function exerciseChanges({ exercises }: StaffReport, entries: readonly Adjustment[]): Change[] {
  return exercises.flatMap(({ id, points, earned }): Change[] => {
    const entry = entries.findLast((one) => "exercise" in one && one.exercise === id);
    if (entry === undefined || !("exercise" in entry)) return [];
    return [{ kind: "exercise", id, from: earned, to: Math.min(entry.points, points), ...why(entry) }];
  });
}

type Question = StaffReport["questions"][number];

/** A mark given to an answer that has changed since is not one of this answer. */
function questionMark({ id, points, answer }: Question, entries: readonly Adjustment[]): QuestionMark {
  const entry = entries.findLast((one) => "question" in one && one.question === id);
  if (entry === undefined || !("question" in entry) || isStale(entry, answer)) return { id, points };
  const comment = entry.comment?.trim() ?? "";
  const more = {
    ...(comment === "" ? {} : { comment }),
    ...(entry.criteria === undefined ? {} : { criteria: entry.criteria }),
  };
  return { id, points, earned: Math.min(entry.points, points), ...more };
}

export const isStale = (entry: { readonly answer?: string | undefined }, answer: string): boolean =>
  entry.answer !== undefined && entry.answer !== fingerprint(answer);

function questionChanges(entries: readonly Adjustment[], questions: readonly QuestionMark[]): Change[] {
  return questions.flatMap(({ id, earned }): Change[] => {
    const entry = entries.findLast((one) => "question" in one && one.question === id);
    return entry === undefined || earned === undefined ? [] : [{ kind: "question", id, to: earned, ...why(entry) }];
  });
}

function bonusChanges(entries: readonly Adjustment[], start: number): Change[] {
  let from = start;
  return entries.flatMap((entry): Change[] => {
    if (!("bonus" in entry)) return [];
    const to = Math.min(outOf, Math.max(0, from + entry.bonus));
    const change: Change = { kind: "bonus", from, to, ...why(entry) };
    from = to;
    return [change];
  });
}

function penaltyChange(
  entries: readonly Adjustment[],
  rule: LateRule | undefined,
  handedIn: Date | undefined,
  from: number,
): Change | undefined {
  const decided = entries.findLast((entry) => "latePenalty" in entry);
  if (decided !== undefined && "latePenalty" in decided) {
    return { kind: "late", from, to: Math.max(0, from - decided.latePenalty), ...why(decided) };
  }
  const lateness = rule === undefined || handedIn === undefined ? undefined : latenessOf(rule, handedIn, from);
  if (lateness === undefined) return undefined;
  return { kind: "late", from, to: from - lateness.penalty, reason: lateReason(lateness.minutes) };
}

const lastWord = (entry: Adjustment & { readonly mark: number }, from: number): Change => ({
  kind: "mark",
  from,
  to: entry.mark,
  ...why(entry),
});

const why = ({ reason, author }: Adjustment): { readonly reason: string; readonly author?: string } => ({
  reason,
  ...(author === "" ? {} : { author }),
});
