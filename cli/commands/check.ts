// `retroprop check TP|EXERCISE`: the visible tests on a student's file, in a process of its own; again at each save.
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { CliError, type Command, type ExitCode, wrongOptions } from "../command.js";
import { courseRoot } from "../course-root.js";
import { closingLines, exerciseLines, isPassed } from "../grading/check-lines.js";
import { openChecker } from "../grading/checker.js";
import { closeOnSignal } from "../grading/close-on-signal.js";
import { type Edition, editionForCheck } from "../grading/edition.js";
import { watching } from "../grading/messages.fr.js";
import { checkedTps, loadVisible } from "../grading/visible-specs.js";
import { watchFile } from "../grading/watch-file.js";
import type { Terminal } from "../terminal.js";

/** `findEdition` gives the library that the file imports. */
export const createCheckCommand = (findEdition: FindEdition): Command => ({
  name: "check",
  summary: "run the visible tests on your own file",
  help: [
    "Usage: retroprop check TP|EXERCISE [FILE] [--watch] [--json]",
    "",
    "Runs the visible tests of a TP (tp1) or of one exercise (tp1.softmax) on FILE, exercises/TP.ts unless told;",
    "FILE may be a notebook too (notebooks/tp1.ipynb). What it says is in French.",
    "",
    "  --watch   again each time the file is saved, until Ctrl-C",
    "  --json    the results as JSON",
    "",
    "Exit codes: 0 all pass, 1 a test fails or the file cannot be read as a submission, 2 wrong usage, 130 interrupted.",
  ].join("\n"),
  run: (args, terminal) => runCommand(readRequest(args), findEdition, terminal),
});

export const check: Command = createCheckCommand(editionForCheck);

type FindEdition = (tp: string) => Promise<Edition>;

interface Request {
  readonly tp: string;
  /** One exercise alone, by id. */
  readonly exercise: string | undefined;
  readonly file: string;
  readonly watch: boolean;
  readonly json: boolean;
}

async function runCommand(request: Request, findEdition: FindEdition, terminal: Terminal): Promise<ExitCode> {
  const exercises = (await loadVisible(request.tp)).filter(
    ({ id }) => request.exercise === undefined || id === request.exercise,
  );
  if (exercises.length === 0) throw new CliError(await noExercise(request));
  const checker = await openChecker(await findEdition(request.tp), exercises);
  const checkOnce = async (): Promise<ExitCode> => {
    const checked = await checker.check(request.file, (result) => {
      if (!request.json) for (const line of exerciseLines(result, terminal)) terminal.print(line);
    });
    if (request.json) terminal.print(JSON.stringify({ tp: request.tp, file: request.file, ...checked }, null, 2));
    else for (const line of closingLines(checked, request.file, terminal)) terminal.print(line);
    return isPassed(checked) ? 0 : 1;
  };
  const stopListening = closeOnSignal(checker, () => terminal.print());
  try {
    return request.watch ? await checkAtEachSave(request.file, checkOnce, terminal) : await checkOnce();
  } finally {
    stopListening();
    await checker.close();
  }
}

/** Until Ctrl-C, which ends the process. */
async function checkAtEachSave(file: string, checkOnce: () => Promise<ExitCode>, terminal: Terminal): Promise<never> {
  const saves = watchFile(file);
  for (;;) {
    await checkOnce();
    terminal.print(terminal.style("dim", watching(file)));
    await saves.next();
    terminal.print();
  }
}

async function noExercise({ tp, exercise }: Request): Promise<string> {
  const known = (await loadVisible(tp)).map(({ id }) => id);
  return `no exercise \`${exercise}\`: there are ${known.join(", ")}`;
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  const [what, file, ...others] = positionals;
  if (what === undefined) throw new CliError("what to check? Usage: retroprop check TP|EXERCISE [FILE] [--watch]");
  if (others.length > 0) throw new CliError(`one file at a time: expected ${file} alone, got ${others.join(" ")} too`);
  if (values.watch && values.json) throw new CliError("--watch and --json do not go together: choose one");
  const [tp = ""] = what.split(".");
  if (!checkedTps.includes(tp)) throw new CliError(`no TP \`${tp}\`: there is ${checkedTps.join(", ")}`);
  const checked = file ?? defaultFile(tp);
  if (!existsSync(checked)) throw new CliError(`${checked} does not exist: name the file to check`);
  return { tp, exercise: what === tp ? undefined : what, file: checked, ...values };
}

/** `exercises/tp1.ts` of the folder one is in, else of the course. */
function defaultFile(tp: string): string {
  const file = join("exercises", `${tp}.ts`);
  return existsSync(file) ? file : relative(process.cwd(), join(courseRoot, file));
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { watch: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
    });
  } catch (error) {
    throw wrongOptions("check", error);
  }
}
