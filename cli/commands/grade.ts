// `retroprop grade TP PATH…`: grades a class in parallel, each submission in a sandbox of its own, and writes the report.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ClassMarks } from "../../autograder/practice/class-marks.js";
import { type GradedClass, markOf, statusOf } from "../../autograder/report/graded-class.js";
import { plainText } from "../../autograder/report/plain-text.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import type { Refusal } from "../../autograder/submission/submission.js";
import { takeIn } from "../../autograder/submission/take-in.js";
import type { Command, ExitCode } from "../command.js";
import { courseRoot } from "../course-root.js";
import { loadTp } from "../grading/all-specs.js";
import { closeOnSignal } from "../grading/close-on-signal.js";
import { type Edition, editionOf } from "../grading/edition.js";
import { gradeClass } from "../grading/grade-class.js";
import { type GradeRequest, readGradeRequest } from "../grading/grade-request.js";
import { marksTable } from "../grading/marks-table.js";
import { openSandbox, startIn } from "../grading/open-sandbox.js";
import { type Beside, moodleFiles, movesSince, readBeside, settleMarks } from "../grading/practice.js";
import { expectedIn } from "../grading/visible-specs.js";
import { writeReport } from "../grading/write-report.js";
import type { Terminal } from "../terminal.js";

/** `findEdition` gives the library that submissions import. */
export const createGradeCommand = (findEdition: FindEdition): Command => ({
  name: "grade",
  summary: "grade submissions: marks, feedback pages, staff results",
  help: [
    "Usage: retroprop grade TP PATH... --out DIR [OPTIONS]",
    "",
    "PATH is a submission (.ts or .ipynb), or a class: a folder, or a .zip or .tar.gz of one, in which each file or",
    "sub-folder is one student's, as Moodle and Gradescope give them too.",
    "",
    "  --out DIR                  where the report goes: index.html, grades.csv, results.json, junit.xml, students/,",
    "                             gradescope/, a-noter.html (answers in words, to mark in a browser)",
    "  --seed N                   the same seed gives the same marks; secret and drawn at random unless told",
    "  --jobs N                   how many at a time; as many as there are processors unless told; marks do not change",
    "  --require-isolation LAYER  the weakest sandbox that will do: L3 bubblewrap and seccomp, L2 own user (today: L3),",
    "                             L1 Node's permissions, for code you trust; L2 unless told. The strongest there is runs.",
    "  --roster FILE              the class list (CSV): says who is missing; ABJ and ABI in a column of absences",
    "  --overrides FILE           decisions of staff (JSON): late penalties, bonus, points by hand, rounding; also what",
    "                             a-noter.html saved. May be given several times; a later file has the last word",
    "  --worksheet FILE           Moodle's grading worksheet (CSV): filled in, with feedback.zip, in moodle/",
    "  --times mtime              hand-in times are those of the files, where nothing better tells them",
    "  --compare FILE             the results.json of an earlier run: says whose mark moves, and why",
    "  --language fr|en           of the feedback pages; French unless told",
    "  --french-csv               semicolons and decimal commas in grades.csv",
    "  --markdown                 each feedback as Markdown too",
    "  --json                     the marks as JSON instead of the table",
    "",
    "Exit codes: 0 all graded, 1 some could not be (the report says why), 2 wrong usage or too little isolation, 130 interrupted.",
  ].join("\n"),
  run: (args, terminal) => runCommand(readGradeRequest(args), findEdition, terminal),
});

export const grade: Command = createGradeCommand(editionOf);

type FindEdition = (tp: string) => Promise<Edition>;

async function runCommand(request: GradeRequest, findEdition: FindEdition, terminal: Terminal): Promise<ExitCode> {
  const beside = readBeside(request);
  const handIns = await takeIn(request.paths);
  const { graded, questions } = await gradeAll(request, handIns, findEdition, terminal);
  const marks = settleMarks(beside, graded, handIns, request);
  const moodle = moodleFiles(beside, graded, marks, request);
  const { previousKey } = beside.known;
  writeReport(
    request.out,
    graded,
    { ...request, marks, questions, ...(previousKey === undefined ? {} : { previousKey }) },
    moodle.files,
  );
  if (request.json) terminal.print(JSON.stringify(summary(graded, request), null, 2));
  else show(graded, request, terminal);
  sayProblems(marks, moodle.problems, terminal);
  showMoves(beside, request, terminal);
  return graded.graded.every(({ staff }) => statusOf(staff) === "graded") ? 0 : 1;
}

type TpQuestions = Awaited<ReturnType<typeof loadTp>>["tp"]["questions"];

async function gradeAll(
  request: GradeRequest,
  handIns: readonly (HandIn | Refusal)[],
  findEdition: FindEdition,
  terminal: Terminal,
): Promise<{ graded: GradedClass; questions: TpQuestions }> {
  const [{ tp, exercises }, edition] = await Promise.all([loadTp(request.tp), findEdition(request.tp)]);
  const { sandbox, layer, canaries, remark } = await openSandbox(edition.folder, request.isolation);
  const stopListening = closeOnSignal(sandbox, () =>
    terminal.warn("retroprop grade: interrupted; no report was written"),
  );
  if (!request.json) terminal.print(`Isolation: ${layer}${remark === undefined ? "" : ` (${remark})`}`);
  const bar = terminal.progress(`grading ${request.tp}`);
  try {
    const results = await gradeClass(handIns, {
      exercises,
      questions: tp.questions,
      expected: expectedIn(exercises),
      libraryNames: edition.names,
      seed: request.seed,
      jobs: request.jobs,
      start: startIn(sandbox),
      onGraded: (done, student) =>
        bar.update(done / handIns.length, `${done} of ${handIns.length}: ${plainText(student)}`),
    });
    const { name, title, questions } = tp;
    const graded = { tp: name, title, seed: request.seed, layer, canaries, versions: versions(), graded: results };
    return { graded, questions };
  } finally {
    bar.end();
    stopListening();
    await sandbox.close();
  }
}

const versions = (): Record<string, string> => ({
  retroprop: JSON.parse(readFileSync(join(courseRoot, "package.json"), "utf8")).version,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
});

function show(graded: GradedClass, { out }: GradeRequest, terminal: Terminal): void {
  const [header, ...rows] = marksTable(graded);
  terminal.print();
  if (header !== undefined) terminal.print(terminal.style("dim", header));
  for (const row of rows) terminal.print(row);
  terminal.print();
  const without = graded.graded.filter(({ staff }) => statusOf(staff) !== "graded").length;
  if (without > 0) terminal.print(terminal.style("yellow", `${without} without a mark: the report says why.`));
  if (graded.graded.some(({ staff }) => staff.questions.length > 0)) {
    terminal.print("Marks are provisional: questions answered in words are still to be marked (a-noter.html).");
  }
  terminal.print(`Report: ${resolve(out, "index.html")} (open it in a browser)`);
}

/** What does not add up between submissions, roster and decisions. */
function sayProblems({ issues }: ClassMarks, more: readonly string[], terminal: Terminal): void {
  for (const text of [...issues.map(({ text }) => text), ...more]) terminal.warn(plainText(text));
}

function showMoves(beside: Beside, { out, json }: GradeRequest, terminal: Terminal): void {
  const lines = movesSince(beside, readFileSync(join(out, "results.json"), "utf8"));
  for (const line of lines) json ? terminal.warn(line) : terminal.print(line);
}

function summary({ tp, layer, graded }: GradedClass, { out }: GradeRequest): unknown {
  const students = graded.map(({ staff }) => ({
    student: staff.student,
    status: statusOf(staff),
    mark: markOf(staff) ?? null,
    exercises: Object.fromEntries(staff.exercises.map(({ id, earned, points }) => [id, { earned, points }])),
    ...(staff.refused === undefined ? {} : { reason: staff.refused }),
  }));
  return { tp, layer, report: resolve(out), students };
}
