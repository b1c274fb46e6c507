// grades.csv: one row a person, safe to open in a spreadsheet. RFC 4180: quotes, CRLF; commas, or the semicolons of a French one.
import type { ClassMarks, PersonMark } from "../practice/class-marks.js";
import { carriedMarks } from "./carried.js";
import { countVerdicts, exercisesOf, type GradedClass, markOf, outOf, statusOf, tidy } from "./graded-class.js";
import { plainText } from "./plain-text.js";

export interface CsvStyle {
  /** Semicolons, decimal commas, and the mark by which a French spreadsheet knows UTF-8. */
  readonly french?: boolean;
}

type Cell = string | number;
type Staff = GradedClass["graded"][number]["staff"];

/** Without settled marks, a row a submission, with the mark of the tests. */
export function writeGradesCsv(graded: GradedClass, marks?: ClassMarks, style: CsvStyle = {}): string {
  const exercises = exercisesOf(graded).map(({ id }) => id);
  const header = [
    "student",
    ...(marks === undefined ? [] : ["number", "email", "group", "submission"]),
    "status",
    "mark",
    "out_of",
  ];
  const more = marks === undefined ? [] : ["test_mark", "changes"];
  const rows =
    marks === undefined
      ? graded.graded.map(({ staff }) => rowOf(staff, exercises))
      : personRows(graded, marks, exercises);
  const columns = [
    ...header,
    ...more,
    ...exercises,
    "verdicts",
    "provisional",
    "questions_to_mark",
    "reason",
    "carried_forward",
  ];
  return `${style.french === true ? "\ufeff" : ""}${[columns, ...rows].map((row) => lineOf(row, style)).join("")}`;
}

const rowOf = (staff: Staff, exercises: readonly string[]): Cell[] => [
  staff.student,
  statusOf(staff),
  markOf(staff) ?? "",
  outOf,
  ...workOf(staff, exercises, staff.questions.length),
];

function personRows({ graded }: GradedClass, { marks }: ClassMarks, exercises: readonly string[]): Cell[][] {
  const reports = new Map(graded.map(({ staff }) => [staff.student, staff]));
  return marks.map((mark) => {
    const { person, submission = "", state, testMark = "" } = mark;
    const staff = reports.get(submission);
    const toMark = mark.questions.filter(({ earned }) => earned === undefined).length;
    return [
      person.name,
      person.number ?? "",
      person.email ?? "",
      person.group ?? "",
      submission,
      state,
      mark.mark ?? "",
      outOf,
      testMark,
      changesOf(mark),
      ...(staff === undefined ? [...exercises.map(() => ""), "", "no", 0, "", ""] : workOf(staff, exercises, toMark)),
    ];
  });
}

const changesOf = ({ changes }: PersonMark): string =>
  changes
    .map(
      ({ kind, id, from, to, reason }) =>
        `${[kind, id, from === undefined ? "" : `${tidy(from)} → ${tidy(to)}`].filter(Boolean).join(" ")}${reason === "" ? "" : ` (${reason})`}`,
    )
    .join("; ");

function workOf(staff: Staff, exercises: readonly string[], toMark: number): Cell[] {
  const earned = new Map(staff.exercises.map((exercise) => [exercise.id, tidy(exercise.earned)]));
  const points = exercises.map((id) => earned.get(id) ?? "");
  return [
    ...points,
    countVerdicts(staff),
    toMark > 0 ? "yes" : "no",
    toMark,
    staff.refused ?? "",
    carriedMarks(staff).join("; "),
  ];
}

export const lineOf = (row: readonly Cell[], style: CsvStyle): string =>
  `${row.map((value) => cell(value, style)).join(style.french === true ? ";" : ",")}\r\n`;

/**
 * A spreadsheet runs a text that begins like a formula: the apostrophe makes it text. So it does behind what another
 * spreadsheet takes for the end of a cell. A number of ours stays a number.
 */
function cell(value: Cell, { french = false }: CsvStyle = {}): string {
  if (typeof value === "number") return french ? String(value).replace(".", ",") : String(value);
  const text = plainText(value).replace(/([;,\t\n])(?=[\s'"]*[=+\-@＝＋－＠])/g, "$1'");
  const safe = /^[\s'"]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
