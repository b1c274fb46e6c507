// `retroprop run NOTEBOOK`: executes it, keeps it as a notebook and as a page.
import { readFileSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isInside } from "../../kernel/client/is-inside.js";
import { KernelError, lostOutputNotice } from "../../kernel/client/kernel.js";
import {
  type Cell,
  type Notebook,
  NotebookError,
  type Output,
  parseNotebook,
  serializeNotebook,
} from "../../kernel/client/notebook.js";
import { type CellTime, type FailedCell, type RunSummary, runNotebook } from "../../kernel/client/run-notebook.js";
import { whyNotWritable, writeAtomically } from "../../kernel/client/write-atomically.js";
import { CliError, type Command, type ExitCode, wrongOptions } from "../command.js";
import { interruptible } from "../interruptible.js";
import { type NotebookKernels, notebookKernels, readKernelName } from "../notebook-kernels.js";
import { showOn } from "../notebook-progress.js";
import type { Terminal } from "../terminal.js";

const defaultTimeoutSeconds = 600;

const help = [
  "Usage: retroprop run NOTEBOOK [--out FILE] [--html FILE] [--timeout SECONDS] [--allow-errors] [--times]",
  "                     [--kernel retroprop|tslab]",
  "",
  "Executes all cells in order, in the notebook's folder.",
  "",
  "  --out FILE          write the executed notebook there (the input itself is never touched unless it is FILE)",
  "  --html FILE         write there a page that opens in any browser, without a network",
  `  --timeout SECONDS   for each cell; ${defaultTimeoutSeconds} unless told`,
  "  --allow-errors      go on after a cell that fails or takes too long",
  "  --times             tell at the end which cells took longest",
  "  --kernel NAME       retroprop, the course's own and the default, or tslab, the stock one",
  "",
  "Ctrl-C stops the kernel and leaves nothing behind. The text of a cell tagged `summary` is printed at the end.",
  "Exit codes: 0 done, 1 a cell failed (what ran is written), 2 wrong usage or unusable file, 130 interrupted (nothing is written).",
].join("\n");

/** The command, on these kernels: tests give those that they have built. */
export const runOn = (kernels: NotebookKernels): Command => ({
  name: "run",
  summary: "execute a notebook; keep the result as a notebook and as an HTML page",
  help,
  run: (args, terminal) => runCommand(args, terminal, kernels),
});

export const run: Command = runOn(notebookKernels);

interface Request {
  readonly path: string;
  readonly out: string | undefined;
  readonly html: string | undefined;
  readonly timeoutMs: number;
  readonly allowErrors: boolean;
  readonly wantsTimes: boolean;
  readonly kernel: keyof NotebookKernels;
}

async function runCommand(args: readonly string[], terminal: Terminal, kernels: NotebookKernels): Promise<ExitCode> {
  const request = readRequest(args);
  const notebook = readNotebook(request.path);
  for (const path of [request.out, request.html]) if (path !== undefined) checkWritable(path);

  const startedAt = performance.now();
  const result = await interruptible(terminal, "retroprop run: interrupted; nothing was written", (signal) =>
    execute(notebook, request, { terminal, signal, kernels }),
  );
  const seconds = (performance.now() - startedAt) / 1000;

  await keep(result.notebook, request);
  report(result, request, seconds, terminal);
  return result.summary.why === undefined && (request.allowErrors || result.summary.failed.length === 0) ? 0 : 1;
}

interface Result {
  readonly notebook: Notebook;
  readonly summary: RunSummary;
}

async function execute(
  notebook: Notebook,
  request: Request,
  { terminal, signal, kernels }: { terminal: Terminal; signal: AbortSignal; kernels: NotebookKernels },
): Promise<Result> {
  const bar = terminal.progress(basename(request.path));
  bar.update(0, "starting the kernel");
  try {
    const kernel = await kernels[request.kernel]({ folder: dirname(resolve(request.path)), signal });
    const { timeoutMs, allowErrors } = request;
    return await runNotebook(notebook, kernel, { timeoutMs, allowErrors, signal, onProgress: showOn(bar) });
  } catch (error) {
    if (error instanceof KernelError) throw new CliError(error.message, 3);
    throw error;
  } finally {
    bar.end();
  }
}

async function keep(notebook: Notebook, { path, out, html }: Request): Promise<void> {
  const page = html === undefined ? "" : await pageOf(notebook, path);
  if (out !== undefined) write(out, serializeNotebook(notebook));
  if (html !== undefined) write(html, page);
}

/** What draws a page is loaded when there is one to draw: it takes longer than some notebooks. */
async function pageOf(notebook: Notebook, path: string): Promise<string> {
  const { exportHtml } = await import("../../kernel/client/export-html.js");
  return exportHtml(notebook, { title: basename(path), readImage: imagesIn(dirname(resolve(path))) });
}

function write(path: string, content: string): void {
  try {
    writeAtomically(path, content);
  } catch (error) {
    throw new CliError(`cannot write ${path}: ${(error as Error).message}; name another place`);
  }
}

function report({ notebook, summary }: Result, request: Request, seconds: number, terminal: Terminal): void {
  for (const failure of summary.failed) reportFailure(failure, terminal);
  const count = `${summary.cells} cell${summary.cells === 1 ? "" : "s"} in ${seconds.toFixed(1)} s`;
  const failures = summary.failed.length > 0 ? `, ${summary.failed.length} failed` : "";
  for (const position of cellsWithLostOutput(notebook)) {
    terminal.warn(`cell ${position}: part of its output is lost: tslab keeps about 500 lines of a cell; print less`);
  }
  const rest = summary.notRun > 0 ? `, ${summary.notRun} not run (${summary.why})` : "";
  terminal.print(
    terminal.style(summary.failed.length > 0 ? "red" : "green", `${request.path}: ${count}${failures}${rest}`),
  );
  if (request.wantsTimes) for (const line of slowestCells(summary.times)) terminal.print(line);
  for (const text of notebook.cells.map(summaryText)) if (text !== "") terminal.print(text);
  for (const line of nextSteps(summary, request)) terminal.print(line);
}

const slowestShown = 10;

/** A line for each, the slowest first: seconds, place in the notebook, the cell's first line. */
function slowestCells(times: readonly CellTime[]): string[] {
  const slowest = [...times].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, slowestShown);
  return slowest.map(({ position, title, milliseconds }) => {
    return `${(milliseconds / 1000).toFixed(3).padStart(9)} s  cell ${String(position).padEnd(3)} ${title.slice(0, 60)}`;
  });
}

/** Their places in the notebook, from 1. */
function cellsWithLostOutput({ cells }: Notebook): number[] {
  const isNotice = (output: Output) => output.output_type === "stream" && output.text.includes(lostOutputNotice);
  return cells.flatMap((cell, i) => (cell.cell_type === "code" && cell.outputs.some(isNotice) ? [i + 1] : []));
}

function reportFailure({ position, id, error }: FailedCell, terminal: Terminal): void {
  const headline = `${error.ename}: ${error.evalue}`;
  terminal.warn(terminal.style("red", `cell ${position} (${id}): ${headline.split("\n")[0]}`));
  // In a log the line is enough: the rest stands in the written notebook.
  if (!process.stderr.isTTY) return;
  for (const line of error.traceback.filter((line) => !headline.includes(line.trim()))) terminal.warn(`  ${line}`);
}

/** What a cell tagged `summary` shows as text: a course puts its result there. */
function summaryText(cell: Cell): string {
  const tags = cell.metadata["tags"];
  if (cell.cell_type !== "code" || !Array.isArray(tags) || !tags.includes("summary")) return "";
  const texts = cell.outputs.map((output) => {
    if (output.output_type === "stream") return output.text;
    return "data" in output ? String(output.data["text/plain"] ?? "") : "";
  });
  return texts.join("").trimEnd();
}

function nextSteps(summary: RunSummary, { out, html, allowErrors }: Request): string[] {
  const [first] = summary.failed;
  return [
    ...(out === undefined ? [] : [`Notebook: ${resolve(out)}`]),
    ...(html === undefined ? [] : [`Page: ${resolve(html)} (open it in a browser)`]),
    ...(out === undefined && html === undefined ? ["Nothing was kept: add --out FILE.ipynb or --html FILE.html."] : []),
    ...(first !== undefined && summary.why === "error" && !allowErrors
      ? [`Next: mend cell ${first.position}, or go on past errors with --allow-errors.`]
      : []),
  ];
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  const [path, ...others] = positionals;
  if (path === undefined || path === "")
    throw new CliError("which notebook? Usage: retroprop run NOTEBOOK [--out FILE] [--html FILE]");
  if (others.length > 0)
    throw new CliError(`one notebook at a time: expected ${path} alone, got ${others.join(" ")} too`);
  if (/\.ts$/i.test(path)) throw new CliError(`${path} is code, not a notebook: \`npx ts-node ${path}\` runs it`);
  const { out, html } = values;
  if (out === "" || html === "") throw new CliError("--out and --html want the name of a file, received an empty one");
  if (out !== undefined && html !== undefined && resolve(out) === resolve(html)) {
    throw new CliError(`--out and --html both name ${out}: give them two files`);
  }
  return {
    path,
    out,
    html,
    timeoutMs: readTimeout(values.timeout),
    allowErrors: values["allow-errors"],
    wantsTimes: values.times,
    kernel: readKernelName(values.kernel),
  };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        html: { type: "string" },
        timeout: { type: "string", default: String(defaultTimeoutSeconds) },
        "allow-errors": { type: "boolean", default: false },
        times: { type: "boolean", default: false },
        kernel: { type: "string", default: "retroprop" },
      },
    });
  } catch (error) {
    throw wrongOptions("run", error);
  }
}

/** The longest time a timer of Node can wait. */
const longestTimeoutMs = 2 ** 31 - 1;

function readTimeout(text: string): number {
  const milliseconds = 1000 * Number(text);
  if (!(milliseconds > 0) || milliseconds > longestTimeoutMs) {
    throw new CliError(
      `--timeout: expected a number of seconds above 0 and up to ${Math.floor(longestTimeoutMs / 1000)}, got ${JSON.stringify(text)}; for example --timeout 120`,
    );
  }
  return milliseconds;
}

function readNotebook(path: string): Notebook {
  try {
    return parseNotebook(readFileSync(path, "utf8"), path);
  } catch (error) {
    if (error instanceof NotebookError) throw new CliError(error.message);
    throw new CliError(`${path}: ${whyUnreadable(error)}; name a notebook (.ipynb)`);
  }
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a folder",
    EACCES: "it may not be read",
  };
  return reasons[code ?? ""] ?? message;
}

function checkWritable(path: string): void {
  const reason = whyNotWritable(path);
  if (reason !== undefined) throw new CliError(`cannot write ${path}: ${reason}; name another place`);
}

const imageTypes: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/** Images beside the notebook go into the page; a path out of its folder does not. */
function imagesIn(folder: string): (path: string) => string | undefined {
  return (path) => {
    const file = resolve(folder, path);
    const type = imageTypes[extname(file).toLowerCase()];
    if (type === undefined || !isInside(folder, file)) return undefined;
    try {
      return `data:${type};base64,${readFileSync(file, "base64")}`;
    } catch {
      return undefined;
    }
  };
}
