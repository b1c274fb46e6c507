// `retroprop similar TP PATH…`: which submissions share passages that few others have, for staff to read. Never a penalty.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findTeams } from "../../autograder/practice/team-files.js";
import { plainText } from "../../autograder/report/plain-text.js";
import { compareWorks, type Pair } from "../../autograder/similar/compare.js";
import { type Given, readGiven } from "../../autograder/similar/given.js";
import { hiddenNames, type Labels, realNames } from "../../autograder/similar/labels.js";
import { type SimilarClass, similarFiles } from "../../autograder/similar/report.js";
import { type NotCompared, readWork, type Work } from "../../autograder/similar/work.js";
import type { ExpectedExercise } from "../../autograder/submission/submission.js";
import { takeIn } from "../../autograder/submission/take-in.js";
import { isInside } from "../../kernel/client/is-inside.js";
import { whyNotWritable, writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError, type Command, wrongOptions } from "../command.js";
import { courseRoot } from "../course-root.js";
import { checkedTps, expectedIn, loadVisible } from "../grading/visible-specs.js";
import type { Terminal } from "../terminal.js";

export const similar: Command = {
  name: "similar",
  summary: "show which submissions resemble each other, side by side",
  help: [
    "Usage: retroprop similar TP PATH... --out DIR [OPTIONS]",
    "",
    "PATH is a class, as for `retroprop grade`. Nothing is run, no mark changes: the pages say where to look, and whoever",
    "reads them decides. Renamed variables, reordered functions and changed comments hide nothing; the course's own code",
    "and what much of the class wrote are left out. Members of a team are not compared with each other.",
    "",
    "  --out DIR      where the pages go: index.html, pairs/, pairs.csv, similar.json",
    "  --against DIR  submissions of another year, to be compared with these; may be given several times",
    "  --anonymous    numbers drawn at random instead of names; names.json says who is who",
    "  --french-csv   semicolons and decimal commas in pairs.csv",
    "  --json         the pairs as JSON instead of the table",
    "",
    "Exit codes: 0 compared, whatever was found, 2 wrong usage or unusable input.",
  ].join("\n"),
  run: (args, terminal) => run(readRequest(args), terminal),
};

interface Request {
  readonly tp: string;
  readonly paths: readonly string[];
  readonly out: string;
  readonly against: readonly string[];
  readonly anonymous: boolean;
  readonly frenchCsv: boolean;
  readonly json: boolean;
}

async function run(request: Request, terminal: Terminal): Promise<0> {
  const { tp, out } = request;
  const read = await readWorks(request, terminal);
  const works = read.filter((one): one is Work => !("reason" in one));
  const notCompared = read.filter((one): one is NotCompared => "reason" in one);
  const bar = terminal.progress("comparing");
  const comparison = compareWorks(works, (fraction) => bar.update(fraction));
  bar.end();
  const labels = request.anonymous ? hiddenNames(works, randomBytes(16).toString("hex")) : realNames;
  const found = { tp, works, comparison, notCompared, labels };
  writePages(found, request);
  show(found, request, terminal);
  for (const { student, reason } of notCompared) terminal.warn(plainText(`${student}: not compared: ${reason}`, 300));
  if (!request.json) terminal.print(`Pages: ${resolve(out, "index.html")} (open it in a browser)`);
  return 0;
}

async function readWorks({ tp, paths, against }: Request, terminal: Terminal): Promise<(Work | NotCompared)[]> {
  const expected = expectedIn(await loadVisible(tp));
  const given = givenOf(tp, expected);
  const [now, before] = [await takeIn(paths), against.length === 0 ? [] : await takeIn(against)];
  const handIns = [
    ...now.map((one) => ({ one, isEarlier: false })),
    ...before.map((one) => ({ one, isEarlier: true })),
  ];
  const bar = terminal.progress("reading");
  const works = handIns.map(({ one, isEarlier }, i) => {
    bar.update(i / handIns.length, `${i} of ${handIns.length}`);
    if ("refused" in one) return { student: one.student, reason: one.refused };
    const team = findTeams([one]).get(one.student);
    return readWork(one, { expected, given, isEarlier, ...(team === undefined ? {} : { team }) });
  });
  bar.end();
  return works;
}

/** What every student was given, from the course's own files. */
function givenOf(tp: string, expected: readonly ExpectedExercise[]): Given {
  const read = (...path: string[]): string => readFileSync(join(courseRoot, ...path), "utf8");
  const { cells } = JSON.parse(read("notebooks", `${tp}.ipynb`)) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const texts = (kind: string): string[] =>
    cells.filter(({ cell_type }) => cell_type === kind).map(({ source }) => source.join(""));
  return readGiven({
    stub: read("exercises", `${tp}.ts`),
    codeCells: texts("code"),
    words: texts("markdown"),
    exercises: expected.map(({ name }) => name),
  });
}

function writePages(found: SimilarClass, { out, frenchCsv }: Request): void {
  // Those of an earlier run would stay otherwise, with names that may since have been hidden.
  for (const path of ["pairs", "names.json"]) rmSync(join(out, path), { recursive: true, force: true });
  try {
    for (const { path, content } of similarFiles(found, { frenchCsv })) writeAtomically(join(out, path), content);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new CliError(`the pages in ${out} could not be written whole (${code}): make room, then run it again`);
  }
}

/** In the terminal, those to be read. */
const mostLines = 20;

function show({ works, comparison, labels }: SimilarClass, { out, json }: Request, terminal: Terminal): void {
  if (json) {
    terminal.print(readFileSync(join(out, "similar.json"), "utf8").trimEnd());
    return;
  }
  const pairs = comparison.pairs.filter(({ level }) => level !== "weak");
  terminal.print(`${works.length} submissions compared; ${pairs.length} pairs to be read.`);
  for (const pair of pairs.slice(0, mostLines)) terminal.print(lineOf(pair, labels));
  if (pairs.length > mostLines) terminal.print(`… and ${pairs.length - mostLines} more`);
  terminal.print("A likeness is no fault, and no mark depends on it: read both, then talk to both.");
}

function lineOf({ a, b, share, rareRuns, longest }: Pair, { nameOf }: Labels): string {
  const name = (work: Work): string => plainText(nameOf(work), 60).replace(/\s+/g, " ");
  return `  ${String(Math.round(100 * share)).padStart(3)} %  ${String(rareRuns).padStart(3)} rare, longest ${String(longest).padStart(4)}  ${name(a)} | ${name(b)}`;
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  const [tp, ...paths] = positionals;
  if (tp === undefined) throw new CliError("which TP? Usage: retroprop similar TP PATH... --out DIR");
  if (!checkedTps.includes(tp)) throw new CliError(`no TP \`${tp}\`: there is ${checkedTps.join(", ")}`);
  if (paths.length === 0) throw new CliError(`what to compare? Usage: retroprop similar ${tp} PATH... --out DIR`);
  const { out, against = [], anonymous, json } = values;
  const missing = [...paths, ...against].find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new CliError(`${missing} does not exist: name a submission or the folder of a class`);
  if (out === undefined) throw new CliError("where do the pages go? Add --out DIR");
  checkFolder(out, [...paths, ...against]);
  return { tp, paths, out, against, anonymous, json, frenchCsv: values["french-csv"] };
}

/** Empty, or with the pages of an earlier run; never in a class, where it would be somebody's work. */
function checkFolder(out: string, paths: readonly string[]): void {
  const around = paths.find((path) => isInside(resolve(path), resolve(out)));
  if (around !== undefined) throw new CliError(`--out ${out} lies in ${around}: name a folder outside`);
  if (existsSync(out) && !statSync(out).isDirectory()) throw new CliError(`--out ${out} is a file: name a folder`);
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, "similar.json"))) {
    throw new CliError(`--out ${out} is not empty and holds no earlier pages: name another folder, or empty it`);
  }
  const reason = whyNotWritable(join(out, "similar.json"));
  if (reason !== undefined) throw new CliError(`no pages can be written to --out ${out}: ${reason}`);
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        against: { type: "string", multiple: true },
        anonymous: { type: "boolean", default: false },
        "french-csv": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw wrongOptions("similar", error);
  }
}
