// grades.csv: one row a student, safe to open in a spreadsheet. RFC 4180: commas, quotes, CRLF.
import {
  countVerdicts,
  exercisesOf,
  type Graded,
  type GradedClass,
  markOf,
  outOf,
  statusOf,
  tidy,
} from "./graded-class.js";

export function writeGradesCsv(graded: GradedClass): string {
  const exercises = exercisesOf(graded).map(({ id }) => id);
  const header = [
    "student",
    "status",
    "mark",
    "out_of",
    ...exercises,
    "verdicts",
    "provisional",
    "questions_to_mark",
    "reason",
  ];
  const rows = graded.graded.map((one) => rowOf(one, exercises));
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function rowOf({ staff }: Graded, exercises: readonly string[]): (string | number)[] {
  const earned = new Map(staff.exercises.map((exercise) => [exercise.id, tidy(exercise.earned)]));
  const toMark = staff.questions.length;
  return [
    staff.student,
    statusOf(staff),
    markOf(staff) ?? "",
    outOf,
    ...exercises.map((id) => earned.get(id) ?? ""),
    countVerdicts(staff),
    toMark > 0 ? "yes" : "no",
    toMark,
    staff.refused ?? "",
  ];
}

/** A spreadsheet runs a cell that begins like a formula: the apostrophe makes it text. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a spreadsheet.
  const text = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\u{fffd}");
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
