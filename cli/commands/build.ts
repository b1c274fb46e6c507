// `retroprop build`: regenerates the course from its one source, or checks it against its law.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkSpecs } from "../../autograder/specs/spec-laws.js";
import { build as buildCourse } from "../../course/build/build.js";
import { check } from "../../course/build/check.js";
import { CourseError, formatProblem } from "../../course/build/course-error.js";
import type { Execute, ExecuteTask } from "../../course/build/execute.js";
import { type Tp, tps } from "../../course/manifest.js";
import { KernelError } from "../../kernel/client/kernel.js";
import { parseNotebook, serializeNotebook } from "../../kernel/client/notebook.js";
import { runNotebook } from "../../kernel/client/run-notebook.js";
import { CliError, type Command, type ExitCode } from "../command.js";
import { courseRoot } from "../course-root.js";
import { interruptible } from "../interruptible.js";
import { type NotebookKernels, notebookKernels, readKernelName, type StartKernel } from "../notebook-kernels.js";
import { showOn } from "../notebook-progress.js";
import type { Terminal } from "../terminal.js";

const help = `Usage: retroprop build [TP...] [--check] [--execute] [--kernel retroprop|tslab]

Regenerates the files of each TP (all of them by default) from course/TP/lesson.fr.md, course/manifest.ts and the code they name:

  notebooks/TP.ipynb    what students receive      exercises/TP.ts    the same exercises, for an editor
  solutions/TP.ipynb    the solution notebook      solutions/TP.ts    the solutions as a file
  course/TP/ids.lock    the ids of cells, never to change once students have them

The outputs of solutions/TP.ipynb stay as long as its code does. Either every file is written, or none.

  --execute   also run the solution notebook, with its real parameters, and keep its outputs
  --check     write nothing; say law by law whether the course keeps it, and where it does not (this runs the
              notebooks with small parameters, and the tests on the solution, the stub, known mistakes and variants)
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
      if (options.check) return await checkAll(chosen, execute, terminal);
      return await buildAll(chosen, options.execute ? execute : undefined, terminal);
    } catch (error) {
      if (error instanceof CourseError) throw new CliError(error.message, 1);
      if (error instanceof KernelError) throw new CliError(error.message, 3);
      throw error;
    }
  },
};

function readArguments(args: readonly string[]): {
  chosen: readonly Tp[];
  options: { check: boolean; execute: boolean; kernel: keyof NotebookKernels };
} {
  const { positionals, values } = parse(args);
  const { check = false, execute = false, kernel = "retroprop" } = values;
  if (check && execute) throw new CliError("--check writes nothing, --execute writes outputs: choose one");
  for (const name of positionals) {
    if (!tps.some((tp) => tp.name === name)) {
      throw new CliError(`no TP \`${name}\`; there are ${tps.map((tp) => tp.name).join(", ")}`);
    }
  }
  const chosen = positionals.length === 0 ? tps : tps.filter(({ name }) => positionals.includes(name));
  return { chosen, options: { check, execute, kernel: readKernelName(kernel) } };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      check: { type: "boolean" },
      execute: { type: "boolean" },
      kernel: { type: "string" },
    } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new CliError(`${(error as Error).message.split(". ")[0]}; see \`retroprop build --help\``);
  }
}

async function buildAll(chosen: readonly Tp[], execute: Execute | undefined, terminal: Terminal): Promise<ExitCode> {
  const { written, unchanged, notices } = await buildCourse(courseRoot, chosen, execute);
  for (const file of written) terminal.print(`${terminal.style("green", "written")}    ${file}`);
  for (const file of unchanged) terminal.print(`${terminal.style("dim", "unchanged")}  ${file}`);
  for (const notice of notices) terminal.warn(notice);
  return 0;
}

async function checkAll(chosen: readonly Tp[], execute: Execute, terminal: Terminal): Promise<ExitCode> {
  let broken = 0;
  for (const tp of chosen) {
    terminal.print(terminal.style("bold", tp.name));
    for await (const finding of check(courseRoot, tp, execute)) {
      printFinding(finding.law, finding.problems.map(formatProblem), terminal);
      if (finding.problems.length > 0) broken++;
    }
    for await (const finding of checkSpecs(tp.name)) {
      printFinding(finding.law, finding.problems, terminal);
      if (finding.problems.length > 0) broken++;
    }
  }
  if (broken === 0) return 0;
  terminal.print(
    `\n${broken} ${broken === 1 ? "law is" : "laws are"} broken. Mend the places above, then check again.`,
  );
  return 1;
}

function printFinding(law: string, problems: readonly string[], terminal: Terminal): void {
  const mark = problems.length === 0 ? terminal.style("green", "✓") : terminal.style("red", "✗");
  terminal.print(`${mark} ${law}`);
  for (const problem of problems) terminal.print(`    ${problem}`);
}

const timeoutMs = 600_000;

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
