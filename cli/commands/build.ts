// `retroprop build`: regenerates the course from its one source, or checks it against its law.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { matrixPage } from "../../autograder/specs/matrix-page.js";
import { type ExerciseMatrix, mistakeMatrix } from "../../autograder/specs/mistake-matrix.js";
import { checkSpecs, type MistakeRun, type SpecFinding } from "../../autograder/specs/spec-laws.js";
import { type BuildOptions, build as buildCourse } from "../../course/build/build.js";
import { check } from "../../course/build/check.js";
import { CourseError, formatProblem } from "../../course/build/course-error.js";
import type { Execute, ExecuteTask } from "../../course/build/execute.js";
import { type Tp, tps } from "../../course/manifest.js";
import { KernelError } from "../../kernel/client/kernel.js";
import { parseNotebook, serializeNotebook } from "../../kernel/client/notebook.js";
import { runNotebook } from "../../kernel/client/run-notebook.js";
import { writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { courseRoot } from "../course-root.js";
import { interruptible } from "../interruptible.js";
import { type NotebookKernels, notebookKernels, readKernelName, type StartKernel } from "../notebook-kernels.js";
import { showOn } from "../notebook-progress.js";
import type { Terminal } from "../terminal.js";

const help = `Usage: retroprop build [TP...] [--check [--matrix FILE.html]] [--execute] [--force] [--kernel retroprop|tslab]

Regenerates the files of each TP (all of them by default) from course/TP/lesson.fr.md, course/manifest.ts and the code they name:

  notebooks/TP.ipynb    what students receive      exercises/TP.ts    the same exercises, for an editor
  solutions/TP.ipynb    the solution notebook      solutions/TP.ts    the solutions as a file
  course/TP/ids.lock    the ids of cells, never to change once students have them

The outputs of solutions/TP.ipynb stay as long as its code does. Either every file is written, or none.

  --execute   also run the solution notebook, with its real parameters, and keep its outputs
  --check     write nothing; say law by law whether the course keeps it, and where it does not (this runs the
              notebooks with small parameters, and the tests on the solution, the stub, known mistakes and variants)
  --matrix    with --check: also write a page that shows which test catches which known mistake, and which it alone
              catches (for authors: it names hidden tests)
  --force     write over notebooks/TP.ipynb even if somebody has run cells of it
  --kernel    which kernel runs them: ours, or the stock tslab, on which every notebook of the course must run too

Exit codes: 0 done, 1 a law is broken or the sources are wrong, 2 wrong usage.`;

export const build: Command = {
  name: "build",
  summary: "regenerate the course's notebooks, stubs and solutions; --check holds it to its law",
  help,
  async run(args, terminal) {
    const { chosen, options } = readArguments(args);
    const execute = executeOn(notebookKernels[options.kernel], terminal);
    try {
      if (options.check) return await checkAll(chosen, execute, terminal, options.matrix);
      return await buildAll(chosen, { execute: options.execute ? execute : undefined, force: options.force }, terminal);
    } catch (error) {
      if (error instanceof CourseError) throw new CliError(error.message, 1);
      if (error instanceof KernelError) throw new CliError(error.message, 3);
      throw error;
    }
  },
};

function readArguments(args: readonly string[]): {
  chosen: readonly Tp[];
  options: {
    check: boolean;
    execute: boolean;
    force: boolean;
    kernel: keyof NotebookKernels;
    matrix: string | undefined;
  };
} {
  const { positionals, values } = parse(args);
  const { check = false, execute = false, force = false, kernel = "retroprop", matrix } = values;
  if (check && execute) throw new CliError("--check writes nothing, --execute writes outputs: choose one");
  if (matrix !== undefined && !check) throw new CliError("--matrix comes of the runs of --check: give both");
  if (matrix !== undefined) expectFolderOf(matrix);
  for (const name of positionals) {
    if (!tps.some((tp) => tp.name === name)) {
      throw new CliError(`no TP \`${name}\`; there are ${tps.map((tp) => tp.name).join(", ")}`);
    }
  }
  const chosen = positionals.length === 0 ? tps : tps.filter(({ name }) => positionals.includes(name));
  return { chosen, options: { check, execute, force, kernel: readKernelName(kernel), matrix } };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      check: { type: "boolean" },
      execute: { type: "boolean" },
      force: { type: "boolean" },
      kernel: { type: "string" },
      matrix: { type: "string" },
    } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new CliError(`${(error as Error).message.split(". ")[0]}; see \`retroprop build --help\``);
  }
}

/** Before minutes of work rather than after. */
function expectFolderOf(file: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) throw new CliError(`--matrix: no folder ${folder}: create it, or name a file elsewhere`);
}

async function buildAll(chosen: readonly Tp[], options: BuildOptions, terminal: Terminal): Promise<ExitCode> {
  const { written, unchanged, notices } = await buildCourse(courseRoot, chosen, options);
  for (const file of written) terminal.print(`${terminal.style("green", "written")}    ${file}`);
  for (const file of unchanged) terminal.print(`${terminal.style("dim", "unchanged")}  ${file}`);
  for (const notice of notices) terminal.warn(notice);
  return 0;
}

async function checkAll(
  chosen: readonly Tp[],
  execute: Execute,
  terminal: Terminal,
  matrix: string | undefined,
): Promise<ExitCode> {
  let broken = 0;
  const matrices = new Map<string, readonly ExerciseMatrix[]>();
  for (const tp of chosen) {
    terminal.print(terminal.style("bold", tp.name));
    for await (const finding of check(courseRoot, tp, execute)) {
      printFinding(finding.law, finding.problems.map(formatProblem), terminal);
      if (finding.problems.length > 0) broken++;
    }
    const runs: MistakeRun[] = [];
    for await (const finding of findingsOnSpecs(tp, runs, terminal)) {
      printFinding(finding.law, finding.problems, terminal);
      if (finding.problems.length > 0) broken++;
    }
    matrices.set(tp.name, mistakeMatrix(runs));
  }
  if (matrix !== undefined) writeMatrix(matrix, matrices, terminal);
  if (broken === 0) return 0;
  terminal.print(
    `\n${broken} ${broken === 1 ? "law is" : "laws are"} broken. Mend the places above, then check again.`,
  );
  return 1;
}

/** With a progress bar; what came of the known mistakes goes into `runs`. */
async function* findingsOnSpecs(tp: Tp, runs: MistakeRun[], terminal: Terminal): AsyncGenerator<SpecFinding> {
  const bar = terminal.progress(`tests of ${tp.name}`);
  try {
    yield* checkSpecs(tp.name, tp.exercises, {
      onProgram: (done, total, name) => bar.update(done / total, `${done + 1}/${total} ${name}`),
      onMistake: (run) => runs.push(run),
    });
  } finally {
    bar.end();
  }
}

function writeMatrix(file: string, matrices: ReadonlyMap<string, readonly ExerciseMatrix[]>, terminal: Terminal): void {
  writeAtomically(file, matrixPage(matrices));
  terminal.print(`${terminal.style("green", "written")}    ${file}`);
}

function printFinding(law: string, problems: readonly string[], terminal: Terminal): void {
  const mark = problems.length === 0 ? terminal.style("green", "✓") : terminal.style("red", "✗");
  terminal.print(`${mark} ${law}`);
  for (const problem of problems) terminal.print(`    ${problem}`);
}

/** For each cell: the longest takes minutes on a quick machine, and half an hour on one that is slow and shared. */
const timeoutMs = 3_600_000;

/** Runs notebooks on a kernel, with a progress bar. Ctrl-C ends the kernel, then the process. */
function executeOn(startKernel: StartKernel, terminal: Terminal): Execute {
  return async (ipynb, { folder, label, allowErrors }: ExecuteTask) => {
    const bar = terminal.progress(label);
    bar.update(0, "starting the kernel");
    try {
      return await interruptible(terminal, "retroprop build: interrupted; nothing was written", async (signal) => {
        const kernel = await startKernel({ folder: kernelFolder(folder), signal });
        const options = { timeoutMs, allowErrors, signal, onProgress: showOn(bar) };
        return serializeNotebook((await runNotebook(parseNotebook(ipynb, label), kernel, options)).notebook);
      });
    } finally {
      bar.end();
    }
  };
}

/** The folder of a notebook that has never been written may not be there yet. */
function kernelFolder(folder: string): string {
  const path = join(courseRoot, folder);
  return existsSync(path) ? path : courseRoot;
}
