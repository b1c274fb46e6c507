// `retroprop grade TP PATH…`: grades a class in parallel, each submission in a sandbox of its own, and writes the report.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ClassMarks } from "../../autograder/practice/class-marks.js";
import { markOf, statusOf } from "../../autograder/report/graded-class.js";
import { plainText } from "../../autograder/report/plain-text.js";
import { safeJson } from "../../autograder/report/safe-json.js";
import { takeIn } from "../../autograder/submission/take-in.js";
import type { Command, ExitCode } from "../command.js";
import { throwDiskFault } from "../grading/disk-fault.js";
import { editionOf } from "../grading/edition.js";
import { type GradeRequest, readGradeRequest } from "../grading/grade-request.js";
import { type Journal, makeJournalFolder, openJournal } from "../grading/journal.js";
import { marksTable } from "../grading/marks-table.js";
import { optimiseLater } from "../grading/optimise-later.js";
import { type Beside, moodleFiles, movesSince, readBeside, settleMarks } from "../grading/practice.js";
import { questionStatements } from "../grading/question-statements.js";
import { type FindEdition, type Run, runGrading } from "../grading/run-grading.js";
import { lockFolder } from "../grading/run-lock.js";
import { vanished } from "../grading/vanished.js";
import { writeReport } from "../grading/write-report.js";
import type { Terminal } from "../terminal.js";

/** `findEdition` gives the library that submissions import. */
export const createGradeCommand = (findEdition: FindEdition): Command => ({
  name: "grade",
  summary: "grade submissions: marks, feedback pages, staff results",
  help: [
    "Usage: retroprop grade TP PATH... --out DIR [OPTIONS]",
    "",
    "PATH is a submission (.ts, .ipynb, or the folder of one student), or a class: a folder, or a .zip or .tar.gz of one, in",
    "which each file or sub-folder is one student's, as Moodle and Gradescope give them too.",
    "",
    "  --out DIR                  where the report goes: index.html, grades.csv, results.json, junit.xml, students/,",
    "                             gradescope/, a-noter.html (answers in words, to mark in a browser)",
    "  --seed N                   the same seed gives the same marks; secret; unless told, that of the earlier run into",
    "                             DIR, or one drawn at random",
    "  --fresh                    keep nothing of an earlier run into DIR: grade all again, with a new seed",
    "  --jobs N                   how many at a time; one more than there are processors unless told; marks do not change",
    "  --require-isolation LAYER  the weakest sandbox that will do: L3 bubblewrap and seccomp, L2 own user, chroot and seccomp,",
    "                             L1 Node's permissions, for code you trust; L2 unless told. The strongest there is runs.",
    "  --roster FILE              the class list (CSV): says who is missing; ABJ and ABI in a column of absences",
    "  --overrides FILE           decisions of staff (JSON): late penalties, bonus, points by hand, rounding; also what",
    "                             a-noter.html saved. May be given several times; a later file has the last word",
    "  --worksheet FILE           Moodle's grading worksheet (CSV): filled in, with feedback.zip, in moodle/",
    "  --times mtime              hand-in times are those of the files, where nothing better tells them",
    "  --compare FILE             the results.json of an earlier run: says whose mark moves, and why; unless told, that of",
    "                             the earlier run into DIR",
    "  --language fr|en           of the feedback pages; French unless told",
    "  --french-csv               semicolons and decimal commas in grades.csv",
    "  --markdown                 each feedback as Markdown too",
    "  --json                     the marks as JSON instead of the table",
    "",
    "Each mark is kept in DIR/journal as soon as it is known. A run that was interrupted goes on with the same command; a",
    "later one into the same DIR grades again only what has changed: the submission, the tests, the grader, the library,",
    "Node, the layer or the seed. Decisions of staff (--overrides) are applied anew each time and never lost.",
    "Works that hold the same code, as copies and untouched notebooks do, are graded once and have the same marks.",
    "",
    "Exit codes: 0 all graded, 1 some could not be (the report says why), 2 wrong usage or too little isolation, 130 interrupted.",
  ].join("\n"),
  run: (args, terminal) => runCommand(readGradeRequest(args), findEdition, terminal),
});

export const grade: Command = createGradeCommand(editionOf);

async function runCommand(request: GradeRequest, findEdition: FindEdition, terminal: Terminal): Promise<ExitCode> {
  optimiseLater();
  const beside = readBeside(request);
  const { journal, close } = await openRun(request);
  try {
    return await gradeAndReport(request, beside, journal, findEdition, terminal);
  } finally {
    close();
  }
}

/** The journal of the report's folder, which no other run has meanwhile. */
async function openRun(request: GradeRequest): Promise<{ journal: Journal; close(): void }> {
  let unlock = (): void => {};
  try {
    const folder = makeJournalFolder(request.out);
    unlock = await lockFolder(folder);
    const journal = openJournal(folder, request);
    const close = (): void => {
      journal.close();
      unlock();
    };
    return { journal, close };
  } catch (error) {
    unlock();
    return throwDiskFault(error, `no run can begin in --out ${request.out}`);
  }
}

async function gradeAndReport(
  request: GradeRequest,
  beside: Beside,
  journal: Journal,
  findEdition: FindEdition,
  terminal: Terminal,
): Promise<ExitCode> {
  const handIns = await takeIn(request.paths);
  const run = await runGrading(request, handIns, journal, findEdition, terminal);
  const { graded } = run;
  const statements = questionStatements(graded.tp);
  const questions = run.questions.map((question) => {
    const statement = statements.get(question.id);
    return statement === undefined ? question : { ...question, statement };
  });
  const marks = settleMarks(beside, graded, handIns, request);
  const moodle = moodleFiles(beside, graded, marks, request);
  const { previousKey } = beside.known;
  const options = { ...request, marks, questions, ...(previousKey === undefined ? {} : { previousKey }) };
  writeReport(request.out, graded, options, moodle.files);
  if (request.json) terminal.print(safeJson(summary(run, request)).trimEnd());
  else show(run, marks, request, terminal);
  sayProblems(marks, [...moodle.problems, ...vanished(handIns)], terminal);
  showMoves(beside, run, request, terminal);
  return graded.graded.every(({ staff }) => statusOf(staff) === "graded") ? 0 : 1;
}

function show({ graded, kept }: Run, { marks }: ClassMarks, { out }: GradeRequest, terminal: Terminal): void {
  const [header, ...rows] = marksTable(graded);
  terminal.print();
  if (header !== undefined) terminal.print(terminal.style("dim", header));
  for (const row of rows) terminal.print(row);
  terminal.print();
  if (kept.count > 0) terminal.print(keptLine(kept.count, graded.graded.length));
  const without = graded.graded.filter(({ staff }) => statusOf(staff) !== "graded").length;
  if (without > 0) terminal.print(terminal.style("yellow", `${without} without a mark: the report says why.`));
  if (marks.some(({ changes }) => changes.length > 0)) {
    terminal.print("These are the marks of the tests: those with your decisions and penalties are in the report.");
  }
  if (marks.some(({ state }) => state === "provisional")) {
    terminal.print("Marks are provisional: questions answered in words are still to be marked (a-noter.html).");
  }
  terminal.print(`Report: ${resolve(out, "index.html")} (open it in a browser)`);
}

const keptLine = (kept: number, total: number): string =>
  `${kept} of ${total} kept from an earlier run: neither they nor what grades them has changed (--fresh grades all again).`;

/** What does not add up between submissions, roster and decisions. */
function sayProblems({ issues }: ClassMarks, more: readonly string[], terminal: Terminal): void {
  for (const text of [...issues.map(({ text }) => text), ...more]) terminal.warn(inOneLine(text));
}

/** A name may hold a line feed, and would go on as a line of ours. */
const inOneLine = (text: string): string => plainText(text).replace(/\s*\n\s*/g, " ");

function showMoves(beside: Beside, { kept }: Run, { out, json }: GradeRequest, terminal: Terminal): void {
  const lines = movesSince(beside, readFileSync(join(out, "results.json"), "utf8"), kept.regraded);
  for (const line of lines) json ? terminal.warn(line) : terminal.print(line);
}

function summary({ graded: { tp, layer, graded }, kept }: Run, { out }: GradeRequest): unknown {
  const students = graded.map(({ staff }) => ({
    student: staff.student,
    status: statusOf(staff),
    mark: markOf(staff) ?? null,
    exercises: Object.fromEntries(staff.exercises.map(({ id, earned, points }) => [id, { earned, points }])),
    ...(staff.refused === undefined ? {} : { reason: staff.refused }),
  }));
  return { tp, layer, report: resolve(out), kept: kept.count, students };
}
