// `retroprop grade TP PATH…`: grades a class in parallel, each submission in a sandbox of its own, and writes the report.
import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { type GradedClass, markOf, statusOf } from "../../autograder/report/graded-class.js";
import { plainText } from "../../autograder/report/plain-text.js";
import { type Layer, layers } from "../../autograder/sandbox/sandbox.js";
import { findHandIns } from "../../autograder/submission/hand-ins.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { courseRoot } from "../course-root.js";
import { gradedTps, loadTp } from "../grading/all-specs.js";
import { closeOnSignal } from "../grading/close-on-signal.js";
import { type Edition, editionOf } from "../grading/edition.js";
import { gradeClass } from "../grading/grade-class.js";
import { marksTable } from "../grading/marks-table.js";
import { openSandbox, startIn } from "../grading/open-sandbox.js";
import { expectedIn } from "../grading/visible-specs.js";
import { checkReportFolder, writeReport } from "../grading/write-report.js";
import type { Terminal } from "../terminal.js";

/** `findEdition` gives the library that submissions import. */
export const createGradeCommand = (findEdition: FindEdition): Command => ({
  name: "grade",
  summary: "grade submissions: marks, feedback pages, staff results",
  help: [
    "Usage: retroprop grade TP PATH... --out DIR [--seed N] [--jobs N] [--require-isolation L0..L3] [--json]",
    "",
    "PATH is a submission (.ts or .ipynb), or a folder: a class, in which each file or sub-folder is one student's.",
    "",
    "  --out DIR                  where the report goes: index.html, grades.csv, results.json, students/, gradescope/",
    "  --seed N                   the same seed gives the same marks; secret and drawn at random unless told",
    "  --jobs N                   how many at a time; as many as there are processors unless told; marks do not change",
    "  --require-isolation LAYER  the weakest sandbox that will do: L3 bubblewrap and seccomp, L2 own user (today: L3),",
    "                             L1 Node's permissions, for code you trust; L2 unless told. The strongest there is runs.",
    "  --json                     the marks as JSON instead of the table",
    "",
    "Exit codes: 0 all graded, 1 some could not be (the report says why), 2 wrong usage or too little isolation, 130 interrupted.",
  ].join("\n"),
  run: (args, terminal) => runCommand(readRequest(args), findEdition, terminal),
});

export const grade: Command = createGradeCommand(editionOf);

type FindEdition = (tp: string) => Promise<Edition>;

interface Request {
  readonly tp: string;
  readonly paths: readonly string[];
  readonly out: string;
  readonly seed: number;
  readonly jobs: number;
  readonly isolation: Layer;
  readonly json: boolean;
}

async function runCommand(request: Request, findEdition: FindEdition, terminal: Terminal): Promise<ExitCode> {
  const graded = await gradeAll(request, findEdition, terminal);
  writeReport(request.out, graded);
  if (request.json) terminal.print(JSON.stringify(summary(graded, request), null, 2));
  else show(graded, request, terminal);
  return graded.graded.every(({ staff }) => statusOf(staff) === "graded") ? 0 : 1;
}

async function gradeAll(request: Request, findEdition: FindEdition, terminal: Terminal): Promise<GradedClass> {
  const [{ tp, exercises }, edition] = await Promise.all([loadTp(request.tp), findEdition(request.tp)]);
  const handIns = findHandIns(request.paths);
  const { sandbox, layer, canaries, remark } = await openSandbox(edition.folder, request.isolation);
  const stopListening = closeOnSignal(sandbox, () =>
    terminal.warn("retroprop grade: interrupted; no report was written"),
  );
  if (!request.json) terminal.print(`Isolation: ${layer}${remark === undefined ? "" : ` (${remark})`}`);
  const bar = terminal.progress(`grading ${request.tp}`);
  try {
    const graded = await gradeClass(handIns, {
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
    return { tp: tp.name, title: tp.title, seed: request.seed, layer, canaries, versions: versions(), graded };
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

function show(graded: GradedClass, { out }: Request, terminal: Terminal): void {
  const [header, ...rows] = marksTable(graded);
  terminal.print();
  if (header !== undefined) terminal.print(terminal.style("dim", header));
  for (const row of rows) terminal.print(row);
  terminal.print();
  const without = graded.graded.filter(({ staff }) => statusOf(staff) !== "graded").length;
  if (without > 0) terminal.print(terminal.style("yellow", `${without} without a mark: the report says why.`));
  if (graded.graded.some(({ staff }) => staff.questions.length > 0)) {
    terminal.print("Marks are provisional: questions answered in words are still to be marked.");
  }
  terminal.print(`Report: ${resolve(out, "index.html")} (open it in a browser)`);
}

function summary({ tp, layer, graded }: GradedClass, { out }: Request): unknown {
  const students = graded.map(({ staff }) => ({
    student: staff.student,
    status: statusOf(staff),
    mark: markOf(staff) ?? null,
    exercises: Object.fromEntries(staff.exercises.map(({ id, earned, points }) => [id, { earned, points }])),
    ...(staff.refused === undefined ? {} : { reason: staff.refused }),
  }));
  return { tp, layer, report: resolve(out), students };
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  const [tp, ...paths] = positionals;
  if (tp === undefined) throw new CliError("which TP? Usage: retroprop grade TP PATH... --out DIR");
  if (!gradedTps.includes(tp)) throw new CliError(`no TP \`${tp}\` to grade: there is ${gradedTps.join(", ")}`);
  if (paths.length === 0) throw new CliError(`what to grade? Usage: retroprop grade ${tp} PATH... --out DIR`);
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new CliError(`${missing} does not exist: name a submission or the folder of a class`);
  if (values.out === undefined) throw new CliError("where does the report go? Add --out DIR");
  checkReportFolder(values.out);
  checkOutside(values.out, paths);
  return {
    tp,
    paths,
    out: values.out,
    seed: values.seed === undefined ? randomInt(2 ** 48 - 1) : readCount("--seed", values.seed, 0),
    jobs: values.jobs === undefined ? availableParallelism() : readCount("--jobs", values.jobs, 1),
    isolation: readLayer(values["require-isolation"]),
    json: values.json,
  };
}

/** A report inside the class would be the next run's student. */
function checkOutside(out: string, paths: readonly string[]): void {
  const around = paths.find((path) => `${resolve(out)}${sep}`.startsWith(`${resolve(path)}${sep}`));
  if (around !== undefined)
    throw new CliError(`--out ${out} lies in ${around}, which is graded: name a folder outside`);
}

function readCount(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new CliError(`${option} expects a whole number, ${least} or more; received ${text}`);
}

function readLayer(text: string): Layer {
  const layer = layers.find((candidate) => candidate === text);
  if (layer === undefined) throw new CliError(`--require-isolation expects ${layers.join(", ")}; received ${text}`);
  return layer;
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        seed: { type: "string" },
        jobs: { type: "string" },
        "require-isolation": { type: "string", default: "L2" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    const [reason] = (error as Error).message.split(/\. |\n/);
    throw new CliError(`${reason}; \`retroprop grade --help\` tells the options`);
  }
}
