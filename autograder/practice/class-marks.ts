// A class once graded, as its staff publish it: a mark a person, with why it is what it is, and what does not add up.
import type { StaffReport } from "../judge/verdict.js";
import { type Adjustment, type Adjustments, noAdjustments } from "./adjustments.js";
import * as french from "./messages.fr.js";
import { isStale, type Settled, settle } from "./person-mark.js";
import type { Issue } from "./practice-error.js";
import type { Person, Roster } from "./roster.js";
import type { Team } from "./teams.js";
import { isNamedBy, type Submitted, whoHandedIn } from "./who-handed-in.js";

export interface PersonMark extends Settled {
  readonly person: Person;
  /** The submission that counts: `StaffReport.student`. */
  readonly submission?: string;
  readonly handedIn?: Date;
}

export interface ClassMarks {
  readonly marks: readonly PersonMark[];
  readonly issues: readonly Issue[];
  readonly rounding: Adjustments["rounding"];
}

/** All that staff know beside the submissions; each part may be absent. */
export interface Practice {
  readonly roster?: Roster;
  readonly adjustments?: Adjustments;
  /** What `equipe.json` says, by submission. */
  readonly teams?: ReadonlyMap<string, Team>;
  /** When each was handed in, by submission; the file of adjustments has the last word. */
  readonly handedIn?: ReadonlyMap<string, Date>;
}

export function settleClass(reports: readonly StaffReport[], practice: Practice): ClassMarks {
  const adjustments = practice.adjustments ?? noAdjustments;
  const { people, issues } = whoHandedIn(reports, practice.roster, practice.teams ?? new Map(), adjustments);
  const entriesOf = addressed(adjustments, reports, people);
  const more: Issue[] = [...uselessIn(adjustments, reports, people)];
  const withoutTime: string[] = [];
  const marks = people.map((one) => {
    const entries = entriesOf(one);
    const handedIn = timeOf(one, adjustments, practice.handedIn);
    more.push(...absenceIssues(one, entries), ...staleIssues(one, entries));
    const mark = personMark(one, entries, adjustments, handedIn);
    const canBeLate = adjustments.late !== undefined && mark.testMark !== undefined;
    if (canBeLate && handedIn === undefined) withoutTime.push(one.person.name);
    return mark;
  });
  if (withoutTime.length > 0) more.push({ kind: "hand-in-time", text: french.noHandInTime(withoutTime) });
  return { marks, issues: [...issues, ...more], rounding: adjustments.rounding };
}

function personMark(
  { person, submissions }: Submitted,
  entries: readonly Adjustment[],
  adjustments: Adjustments,
  handedIn: Date | undefined,
): PersonMark {
  const [submission, ...others] = submissions;
  const absence = absenceOf(person, entries, submission !== undefined);
  const nothing = { person, changes: [], questions: [] };
  const mark = entries.findLast((entry) => "mark" in entry);
  if (mark !== undefined && (submission === undefined || others.length > 0)) {
    const { reason, author } = mark;
    return { ...nothing, state: "graded", mark: mark.mark, changes: [{ kind: "mark", to: mark.mark, reason, author }] };
  }
  if (absence === "ABI") return { ...nothing, state: "ABI", mark: 0 };
  if (absence === "ABJ") return { ...nothing, state: "ABJ" };
  if (submission === undefined) return { ...nothing, state: "missing" };
  if (others.length > 0) return { ...nothing, state: "conflict" };
  const settled = settle(submission, entries, adjustments, handedIn);
  return { person, submission: submission.student, ...(handedIn === undefined ? {} : { handedIn }), ...settled };
}

/** Staff's word first; the roster's holds for who handed in nothing. */
function absenceOf({ absence }: Person, entries: readonly Adjustment[], handedIn: boolean): "ABJ" | "ABI" | undefined {
  const said = entries.findLast((entry) => "absence" in entry);
  if (said !== undefined && "absence" in said) return said.absence === "none" ? undefined : said.absence;
  return handedIn ? undefined : absence;
}

/** The entries that name a person, or the submission that is theirs. */
function addressed(
  { adjustments }: Adjustments,
  reports: readonly StaffReport[],
  people: readonly Submitted[],
): (one: Submitted) => readonly Adjustment[] {
  const submissions = new Set(reports.map(({ student }) => student));
  const byStudent = new Map(adjustments.map(({ student }) => [student, whoIs(student, submissions, people)]));
  return (one) => adjustments.filter(({ student }) => byStudent.get(student)!.includes(one));
}

/** A submission's exact name first, where it counts for somebody: its whole team. A name that several share is nobody's. */
function whoIs(student: string, submissions: ReadonlySet<string>, people: readonly Submitted[]): readonly Submitted[] {
  const exact = people.filter(({ person }) => person.name === student);
  if (exact.length === 1) return exact;
  const team = people.filter((one) => one.submissions.some((report) => report.student === student));
  if (submissions.has(student) && team.length > 0) return team;
  const named = people.filter(({ person }) => isNamedBy(student, person));
  return named.length === 1 ? named : [];
}

function* uselessIn(
  { adjustments }: Adjustments,
  reports: readonly StaffReport[],
  people: readonly Submitted[],
): Generator<Issue> {
  const submissions = new Set(reports.map(({ student }) => student));
  const worth = new Map(
    reports.flatMap(({ exercises, questions }) => [...exercises, ...questions].map(({ id, points }) => [id, points])),
  );
  for (const entry of adjustments) {
    const { student } = entry;
    const id = "exercise" in entry ? entry.exercise : "question" in entry ? entry.question : undefined;
    if (whoIs(student, submissions, people).length === 0) yield useless(french.nobodyAdjusted(student));
    if ("submission" in entry && !submissions.has(entry.submission))
      yield useless(french.nothingAdjusted(student, entry.submission));
    if (id === undefined || !("points" in entry)) continue;
    const most = worth.get(id);
    if (most === undefined) yield useless(french.nothingAdjusted(student, id));
    else if (entry.points > most) yield useless(french.tooManyPoints(student, id, entry.points, most));
  }
}

const useless = (text: string): Issue => ({ kind: "useless-adjustment", text });

function timeOf(
  { person, submissions }: Submitted,
  { handedIn }: Adjustments,
  times: Practice["handedIn"],
): Date | undefined {
  const submission = submissions[0]?.student;
  if (submission === undefined) return undefined;
  const said = saidOf(person, submission, handedIn);
  return said === undefined ? times?.get(submission) : new Date(said);
}

function saidOf(person: Person, submission: string, handedIn: Adjustments["handedIn"]): string | undefined {
  const said = new Map(Object.entries(handedIn));
  const named = [...said].find(([student]) => isNamedBy(student, person))?.[1];
  return said.get(person.name) ?? said.get(submission) ?? named;
}

function absenceIssues({ person, submissions }: Submitted, entries: readonly Adjustment[]): Issue[] {
  if (person.absence === undefined || submissions.length === 0 || entries.some((entry) => "absence" in entry))
    return [];
  return [{ kind: "absent-but-handed-in", text: french.absentButHandedIn(person.name, person.absence) }];
}

function staleIssues({ person, submissions: [report] }: Submitted, entries: readonly Adjustment[]): Issue[] {
  const questions = new Map(report?.questions.map(({ id, answer }) => [id, answer]));
  const earned = new Map(report?.exercises.map((exercise) => [exercise.id, exercise.earned]));
  return entries.flatMap((entry): Issue[] => {
    if ("question" in entry && isStale(entry, questions.get(entry.question) ?? "")) {
      const again = entries.some(
        (other) => "question" in other && other.question === entry.question && other !== entry,
      );
      return again ? [] : [{ kind: "stale-adjustment", text: french.staleAnswer(person.name, entry.question) }];
    }
    if (!("exercise" in entry) || entry.insteadOf === undefined) return [];
    const now = earned.get(entry.exercise) ?? entry.insteadOf;
    if (now === entry.insteadOf) return [];
    return [
      { kind: "stale-adjustment", text: french.staleExercise(person.name, entry.exercise, entry.insteadOf, now) },
    ];
  });
}
