// Moodle's grading worksheet: the teacher's own file, its grades and comments filled, everything else as it was.
// What Moodle asks of it: mod/assign/feedback/offline. It knows rows by `Identifier`, and drops a grade above the maximum.
import type { StaffReport } from "../judge/verdict.js";
import type { ClassMarks, PersonMark } from "./class-marks.js";
import { findPerson } from "./find-person.js";
import { readMoodleTime } from "./hand-in-times.js";
import { aboveMaximum, noRow, provisionalRows, severalRows } from "./messages.fr.js";
import { readMoodleName } from "./moodle-name.js";
import { type Issue, PracticeError } from "./practice-error.js";
import type { Person } from "./roster.js";
import { columnOf, readTable, type Table, writeTable } from "./table.js";
import { submitterOf } from "./who-handed-in.js";

export interface Worksheet {
  readonly table: Table;
  readonly columns: Readonly<Record<Column, number>>;
}

/** As Moodle names them in French and in English. */
const columns = {
  identifier: ["identifiant", "identifier", "id"],
  name: ["nom complet", "full name"],
  email: ["adresse de courriel", "adresse e-mail", "courriel", "email address"],
  grade: ["note", "évaluation", "grade"],
  maximum: ["note maximale", "évaluation maximale", "maximum grade"],
  submitted: [
    "dernière modification (travail remis)",
    "dernière modification (remise)",
    "dernière modification (soumission)",
    "last modified (submission)",
  ],
  comments: ["feedback par commentaires", "commentaires de feedback", "commentaires", "feedback comments"],
} as const;

type Column = keyof typeof columns;

export function readWorksheet(bytes: Uint8Array): Worksheet {
  const table = readTable(bytes, "Moodle's grading worksheet");
  const places = Object.fromEntries(
    Object.entries(columns).map(([name, names]) => [name, columnOf(table.header, names)]),
  );
  for (const needed of ["identifier", "grade"] as const) {
    if (places[needed]! >= 0) continue;
    throw new PracticeError(
      `Moodle's grading worksheet has no column « ${columns[needed][0]} » (or ${columns[needed].slice(1).join(", ")}): ` +
        `received ${table.header.join(", ")}; download it from the assignment, « Télécharger la feuille d'évaluation »`,
    );
  }
  return { table, columns: places as Record<Column, number> };
}

/** `commentOf` gives what the comments column says; where there is no such column, only grades are filled. */
export function fillWorksheet(
  worksheet: Worksheet,
  { marks }: ClassMarks,
  foldersOf: ReadonlyMap<string, string>,
  commentOf: (mark: PersonMark) => string,
): { readonly bytes: Uint8Array; readonly issues: readonly Issue[] } {
  const { table } = worksheet;
  const rows = table.rows.map((row) => [...row]);
  const issues: Issue[] = [];
  let provisional = 0;
  for (const mark of marks) {
    const found = rowsOf(worksheet, mark, foldersOf);
    if (found.length === 1) {
      const isFilled = fillRow(worksheet, rows[found[0]!]!, mark, commentOf, issues);
      if (isFilled && mark.state === "provisional") provisional++;
    } else issues.push(issueOf(found.length === 0 ? noRow(mark.person.name) : severalRows(mark.person.name)));
  }
  if (provisional > 0) issues.push(issueOf(provisionalRows(provisional)));
  return { bytes: writeTable({ ...table, rows }), issues };
}

const issueOf = (text: string): Issue => ({ kind: "worksheet", text });

/** Moodle's folder of each submission, `Émilie Noël_123456_assignsubmission_file_`, where it came in one. */
export function moodleFolders(reports: readonly StaffReport[]): Map<string, string> {
  const folders = reports.map((report) => [report.student, submitterOf(report)] as const);
  return new Map(folders.filter(([, folder]) => readMoodleName(folder) !== undefined));
}

/** Whose row it is, as the worksheet names them; undefined when none, or several, could be. */
export function rowNamesOf(
  worksheet: Worksheet,
  mark: PersonMark,
  folders: ReadonlyMap<string, string>,
): { readonly name: string; readonly participant: string } | undefined {
  const [row, ...others] = rowsOf(worksheet, mark, folders);
  if (row === undefined || others.length > 0) return undefined;
  const cells = worksheet.table.rows[row]!;
  return { name: cells[worksheet.columns.name] ?? "", participant: numberOf(cells[worksheet.columns.identifier]!) };
}

/** The number in the folder's name is the row's; else an e-mail, else a name. In a team, the folder is one member's. */
function rowsOf(
  { table, columns }: Worksheet,
  { person, submission }: PersonMark,
  folders: ReadonlyMap<string, string>,
): number[] {
  const moodle = readMoodleName(folders.get(submission ?? "") ?? "");
  const places = table.rows.map((_, i) => i);
  const people = table.rows.map((row): Person => {
    const email = row[columns.email] ?? "";
    return { name: row[columns.name] ?? "", ...(email === "" ? {} : { email }) };
  });
  const byNumber = places.filter(
    (i) => moodle !== undefined && numberOf(table.rows[i]![columns.identifier]!) === moodle.participant,
  );
  const isTheirs = moodle?.name === "" || "person" in findPerson(moodle?.name ?? "", [person]);
  if (byNumber.length > 0 && isTheirs) return byNumber;
  const byEmail = places.filter(
    (i) => person.email !== undefined && people[i]!.email?.toLowerCase() === person.email.toLowerCase(),
  );
  return byEmail.length > 0 ? byEmail : places.filter((i) => people[i]!.name !== "" && isSame(people[i]!.name, person));
}

const isSame = (name: string, person: Person): boolean => {
  const found = findPerson(name, [person]);
  return "person" in found && !found.loosely;
};

/** `Participant 123456` → `123456` */
const numberOf = (identifier: string): string => /\d+\s*$/.exec(identifier)?.[0].trim() ?? "";

/** Whether a grade was written. */
function fillRow(
  { columns }: Worksheet,
  row: string[],
  mark: PersonMark,
  commentOf: (mark: PersonMark) => string,
  issues: Issue[],
): boolean {
  const comment = commentOf(mark);
  if (columns.comments >= 0 && comment !== "") row[columns.comments] = comment;
  if (mark.mark === undefined) return false;
  const maximum = row[columns.maximum] ?? "";
  const written = writeGrade(mark.mark, row[columns.grade]! + maximum);
  const most = Number(maximum.replace(",", ".") || "20");
  if (mark.mark > most) {
    issues.push(issueOf(aboveMaximum(mark.person.name, written, maximum)));
    return false;
  }
  row[columns.grade] = written;
  return true;
}

/** With a comma where the worksheet has one: Moodle reads numbers as it writes them. */
const writeGrade = (mark: number, neighbours: string): string =>
  neighbours.includes(",") ? mark.toFixed(2).replace(".", ",") : mark.toFixed(2);

/** When each was handed in, by submission, where the worksheet says so. */
export function timesIn(
  worksheet: Worksheet,
  folders: ReadonlyMap<string, string>,
  deadline: string,
): Map<string, Date> {
  const { table, columns } = worksheet;
  const times = new Map<string, Date>();
  for (const [submission, folder] of folders) {
    const { participant } = readMoodleName(folder)!;
    const row = table.rows.find((cells) => numberOf(cells[columns.identifier]!) === participant);
    const time = readMoodleTime(row?.[columns.submitted] ?? "", deadline);
    if (time !== undefined) times.set(submission, time);
  }
  return times;
}
