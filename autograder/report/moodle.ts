// What goes back to Moodle: the teacher's worksheet filled, and the zip of feedback pages that it hands out to each student.
import { zipSync } from "fflate";
import type { ClassMarks, PersonMark } from "../practice/class-marks.js";
import { readMoodleName } from "../practice/moodle-name.js";
import type { Issue } from "../practice/practice-error.js";
import { fillWorksheet, moodleFolders, rowNamesOf, type Worksheet } from "../practice/worksheet.js";
import { type Feedback, markLines, provisionalLine, questionLines } from "./feedback.js";
import { feedbackPage } from "./feedback-page.js";
import type { Graded, GradedClass } from "./graded-class.js";
import { escapeText } from "./html.js";
import type { Words } from "./words.js";

export interface BytesFile {
  /** Relative to the folder of the report, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ForMoodle {
  readonly files: readonly BytesFile[];
  readonly issues: readonly Issue[];
}

/** `worksheet` is the teacher's; without it, pages go to those whose submission came in a folder of Moodle's. */
export function forMoodle(graded: GradedClass, marks: ClassMarks, words: Words, worksheet?: Worksheet): ForMoodle {
  const folders = moodleFolders(graded.graded.map(({ staff }) => staff));
  const byName = new Map(graded.graded.map((one) => [one.staff.student, one]));
  // Each reads their own mark only, a team's members too.
  const feedbackOf = (mark: PersonMark): Feedback => ({ tp: graded.tp, title: graded.title, words, person: mark });
  const written = <T>(mark: PersonMark, write: (one: Graded, feedback: Feedback) => T): T | undefined => {
    const one = byName.get(mark.submission ?? "");
    return one === undefined ? undefined : write(one, feedbackOf(mark));
  };
  const zip = zipOf(
    marks,
    (mark) => folderOf(mark, folders, worksheet),
    (mark) => written(mark, ({ student }, feedback) => feedbackPage(student, feedback)),
  );
  if (worksheet === undefined) return { files: [{ path: "moodle/feedback.zip", bytes: zip }], issues: [] };
  const filled = fillWorksheet(worksheet, marks, folders, (mark) => written(mark, comment) ?? "");
  const files = [
    { path: "moodle/feedback.zip", bytes: zip },
    { path: "moodle/worksheet.csv", bytes: filled.bytes },
  ];
  return { files, issues: filled.issues };
}

/** `Émilie Noël_123456_assignsubmission_file_`: a member of a team has a folder too, under their own number. */
function folderOf(
  mark: PersonMark,
  folders: ReadonlyMap<string, string>,
  worksheet: Worksheet | undefined,
): string | undefined {
  const row = worksheet === undefined ? undefined : rowNamesOf(worksheet, mark, folders);
  const own = readMoodleName(folders.get(mark.submission ?? "") ?? "");
  const { name, participant } = row ?? own ?? { name: "", participant: "" };
  if (participant === "") return undefined;
  // The importer cuts at underscores, and a name may not add a folder.
  const plain = name
    .replace(/[_/\\:*?"<>|\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, 100);
  return `${plain || "Participant"}_${participant}_assignsubmission_file_`;
}

function zipOf(
  { marks }: ClassMarks,
  folder: (mark: PersonMark) => string | undefined,
  pageOf: (mark: PersonMark) => string | undefined,
): Uint8Array {
  const entries = marks.flatMap((mark) => {
    const [place, page] = [folder(mark), pageOf(mark)];
    return place === undefined || page === undefined
      ? []
      : [[`${place}/feedback.html`, Buffer.from(page, "utf8")] as const];
  });
  // One date for all, so that the same class gives the same bytes.
  return zipSync(Object.fromEntries(entries), { mtime: new Date(2000, 0, 1), level: 6 });
}

/** Moodle takes comments for HTML. Short: the page says the rest. */
function comment({ student }: Graded, feedback: Feedback): string {
  const { words } = feedback;
  const exercises = student.exercises.map(
    ({ title, earned, points }) => `${title}${words.colon} ${words.number(earned)} / ${words.number(points)}`,
  );
  const lines = [
    ...(student.refused === undefined ? [] : [student.refused]),
    ...[provisionalLine(student, feedback) ?? []].flat(),
    ...markLines(student, feedback),
    ...exercises,
    ...questionLines(student, feedback),
  ];
  return `<ul>${lines.map((line) => `<li>${escapeText(line, 1000).replace(/\s*\n\s*/g, " ")}</li>`).join("")}</ul>`;
}
