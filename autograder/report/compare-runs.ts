// Two runs of a class, from their results.json: whose mark moves, and why, test by test.
import { z } from "zod";
import { moved } from "./class-messages.fr.js";
import { tidy } from "./graded-class.js";
import { frenchNumber } from "./messages.fr.js";
import { plainText } from "./plain-text.js";

const test = z.object({ title: z.string(), points: z.number(), earned: z.number(), verdict: z.string() });
const exercise = z.object({ id: z.string(), earned: z.number(), points: z.number(), tests: z.array(test) });
const student = z.object({
  student: z.string(),
  refused: z.string().optional(),
  exercises: z.array(exercise),
  earned: z.number(),
  points: z.number(),
});
const change = z.object({ kind: z.string(), id: z.string().optional(), to: z.number(), reason: z.string() });
const personMark = z.object({
  person: z.object({ name: z.string() }),
  submission: z.string().optional(),
  state: z.string(),
  mark: z.number().optional(),
  changes: z.array(change).default([]),
});
const run = z.object({
  format: z.literal(1),
  tp: z.string(),
  students: z.array(student),
  marks: z.array(personMark).optional(),
});

export type Run = z.infer<typeof run>;

export interface Move {
  readonly student: string;
  /** What the mark comes from now. */
  readonly submission?: string;
  /** A mark out of 20, or in words the state that stands for it; undefined on the side where the student is not. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What changed, a line each: tests, then adjustments. */
  readonly why: readonly string[];
}

/** `what` names the file in errors. */
export function readRun(text: string, what = "results.json"): Run {
  const read = run.safeParse(parse(text, what));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${what} is no report of a run: at ${issue!.path.join(".") || "the top"}: ${issue!.message}`);
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON: give the results.json that a run of \`retroprop grade\` wrote`);
  }
}

/** Whoever's mark, state or points move, the largest move first; of the rest nothing is said. */
export function compareRuns(before: Run, after: Run): Move[] {
  const [old, now] = [sidesOf(before), sidesOf(after)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  const moves = [...keys].flatMap((key): (Move & { readonly size: number })[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const why = [...testMoves(was?.report, is?.report), ...changeMoves(was?.changes ?? [], is?.changes ?? [])];
    if (was?.shown === is?.shown && why.length === 0) return [];
    const size = Math.abs((is?.mark ?? 0) - (was?.mark ?? 0));
    const submission = is?.report === undefined ? {} : { submission: is.report.student };
    return [{ student: (is ?? was)!.name, ...submission, from: was?.shown, to: is?.shown, why, size }];
  });
  return moves.sort((a, b) => b.size - a.size).map(({ size: _, ...move }) => move);
}

/** For a terminal or a file: nothing in it is obeyed by either. */
export function moveLines(moves: readonly Move[]): string[] {
  if (moves.length === 0) return [moved.nothing];
  return moves.flatMap(({ student, from, to, why }) => [
    `${plainText(student, 200).replace(/\s+/g, " ")} : ${from ?? moved.absent} → ${to ?? moved.absent}`,
    ...why.map((line) => `  ${plainText(line, 400).replace(/\s+/g, " ")}`),
  ]);
}

type Report = z.infer<typeof student>;
type Change = z.infer<typeof change>;

interface Side {
  readonly name: string;
  readonly report: Report | undefined;
  readonly mark: number | undefined;
  readonly shown: string;
  readonly changes: readonly Change[];
}

/** By person where marks were settled, by submission otherwise; a roster may have put the family name first meanwhile. */
function sidesOf({ students, marks }: Run): Map<string, Side> {
  const reports = new Map(students.map((report) => [report.student, report]));
  if (marks === undefined) return new Map(students.map((report) => [inAnyOrder(report.student), sideOfTests(report)]));
  return new Map(
    marks.map(({ person, submission, state, mark, changes }) => {
      const report = submission === undefined ? undefined : reports.get(submission);
      const shown = mark === undefined ? moved.state(state) : frenchNumber(mark);
      return [inAnyOrder(person.name), { name: person.name, report, mark, shown, changes }];
    }),
  );
}

function sideOfTests(report: Report): Side {
  const isGraded = report.refused === undefined && report.points > 0 && !verdictsOf(report).includes("not-graded");
  const mark = isGraded ? tidy((20 * report.earned) / report.points) : undefined;
  const state = report.refused === undefined ? "not-graded" : "refused";
  const shown = mark === undefined ? moved.state(state) : frenchNumber(mark);
  return { name: report.student, report, mark, shown, changes: [] };
}

const inAnyOrder = (name: string): string => name.split(/\s+/).sort().join(" ");

const verdictsOf = ({ exercises }: Report): string[] =>
  exercises.flatMap(({ tests }) => tests.map(({ verdict }) => verdict));

function testMoves(was: Report | undefined, is: Report | undefined): string[] {
  const [old, now] = [testsIn(was), testsIn(is)];
  if (was === undefined || is === undefined) return [];
  return [...carriedMoves(was, is), ...testsMoved(old, now)];
}

function testsMoved(old: TestsByName, now: TestsByName): string[] {
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): string[] => {
    const [a, b] = [old.get(key), now.get(key)];
    if (a === undefined) return [moved.newTest(key, moved.verdict(b!.verdict), signed(b!.earned))];
    if (b === undefined) return [moved.goneTest(key, signed(-a.earned))];
    if (a.verdict === b.verdict && a.earned === b.earned) return [];
    return [`${key} : ${moved.verdict(a.verdict)} → ${moved.verdict(b.verdict)} (${signed(b.earned - a.earned)})`];
  });
}

type TestsByName = ReadonlyMap<string, z.infer<typeof test>>;

/** What an exercise earns beyond its tests, when it was graded again with the solution of others. */
function carriedMoves(was: Report, is: Report): string[] {
  const gains = new Map(was.exercises.map((one) => [one.id, gainOf(one)]));
  return is.exercises.flatMap((one) => {
    const [from, to] = [gains.get(one.id) ?? 0, gainOf(one)];
    return from === to ? [] : [moved.carried(one.id, signed(from), signed(to))];
  });
}

const gainOf = ({ earned, tests }: z.infer<typeof exercise>): number =>
  tidy(earned - tests.reduce((sum, test) => sum + test.earned, 0));

const testsIn = (report: Report | undefined): TestsByName =>
  new Map(report?.exercises.flatMap(({ id, tests }) => tests.map((one) => [`${id}, « ${one.title} »`, one])) ?? []);

function changeMoves(was: readonly Change[], is: readonly Change[]): string[] {
  const said = ({ kind, id = "", to, reason }: Change): string =>
    `${moved.kind(kind)}${id === "" ? "" : ` ${id}`} : ${frenchNumber(to)}${reason === "" ? "" : ` (${reason})`}`;
  const [old, now] = [new Set(was.map(said)), new Set(is.map(said))];
  return [
    ...[...old].filter((line) => !now.has(line)).map((line) => moved.goneChange(line)),
    ...[...now].filter((line) => !old.has(line)).map((line) => moved.newChange(line)),
  ];
}

const signed = (points: number): string => `${points < 0 ? "−" : "+"}${frenchNumber(Math.abs(points))}`;
