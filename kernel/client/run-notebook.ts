// Executes a notebook's cells in order on a kernel: what ran, what failed, what was not reached, and why.
import { setTimeout as delay } from "node:timers/promises";
import { type Kernel, KernelDied, type MimeBundle, type OutputMessage } from "./kernel.js";
import type { Cell, CodeCell, Notebook, Output } from "./notebook.js";
import { collectOutputs, type Displays } from "./outputs.js";

export interface RunOptions {
  /** For each cell. */
  readonly timeoutMs: number;
  /** Go on after a cell that fails or, where the kernel survives that, is stopped at its time limit. */
  readonly allowErrors?: boolean;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Kills the kernel and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface RunProgress {
  /** From 1, among the cells to run. */
  readonly cell: number;
  readonly of: number;
  readonly title: string;
  /** The last line of text that the cell's display shows, such as its own progress bar. */
  readonly note?: string;
}

export interface RunSummary {
  /** Cells that ran, those that failed included. */
  readonly cells: number;
  /** In the notebook's order; those that failed after their end, in a timer or a promise, included. */
  readonly failed: readonly FailedCell[];
  readonly notRun: number;
  /** How long each cell that ran took, in the notebook's order. */
  readonly times: readonly CellTime[];
  /** Why the run stopped, be it at the last cell; undefined when it went to the end. */
  readonly why: "error" | "time limit" | "kernel died" | undefined;
}

export interface FailedCell {
  /** The cell's place in the notebook, from 1, text cells counted, and its id. */
  readonly position: number;
  readonly id: string;
  readonly error: Extract<Output, { output_type: "error" }>;
}

export interface CellTime {
  readonly position: number;
  readonly title: string;
  readonly milliseconds: number;
}

/** How long an interrupted cell may take to end before the kernel is killed. */
const interruptGraceMs = 2000;

/** Runs all cells of `notebook`, then shuts the kernel down, whatever happened. `notebook` itself is not changed. */
export async function runNotebook(
  notebook: Notebook,
  kernel: Kernel,
  options: RunOptions,
): Promise<{ notebook: Notebook; summary: RunSummary }> {
  const cells = notebook.cells.map(cleared);
  const runnable: PlacedCell[] = cells.flatMap((cell, index) =>
    isRunnable(cell) ? [{ cell, position: index + 1 }] : [],
  );
  const displays: Displays = new Map();
  const times: CellTime[] = [];
  let why: RunSummary["why"];
  try {
    for (const [index, { cell, position }] of runnable.entries()) {
      const progress = { cell: index + 1, of: runnable.length, title: titleOf(cell) };
      const startedAt = performance.now();
      const end = await runCell(cell, kernel, displays, progress, options);
      if (end === "aborted") break;
      times.push({ position, title: progress.title, milliseconds: performance.now() - startedAt });
      if (end === "ok" || (options.allowErrors && (end === "error" || end === "interrupted"))) continue;
      why = end === "interrupted" ? "time limit" : end;
      break;
    }
  } finally {
    await (options.signal?.aborted ? kernel.kill() : kernel.shutdown());
  }
  options.signal?.throwIfAborted();
  const metadata = withKernel(notebook.metadata, kernel.languageInfo);
  return {
    notebook: { ...notebook, metadata, cells },
    summary: { cells: times.length, failed: failedCells(runnable), notRun: runnable.length - times.length, why, times },
  };
}

interface PlacedCell {
  readonly cell: CodeCell;
  /** From 1, text cells counted. */
  readonly position: number;
}

function failedCells(cells: readonly PlacedCell[]): FailedCell[] {
  return cells.flatMap(({ cell, position }) => {
    const error = cell.outputs.findLast((output) => output.output_type === "error");
    return error === undefined ? [] : [{ position, id: cell.id, error }];
  });
}

/** `interrupted`: at its time limit, by a kernel that is fit to go on; `time limit`: and the kernel with it. */
type CellEnd = "ok" | "error" | "interrupted" | "time limit" | "kernel died" | "aborted";

/** Runs one cell and fills in its outputs, which what it left running may still add to. */
async function runCell(
  cell: CodeCell,
  kernel: Kernel,
  displays: Displays,
  progress: RunProgress,
  { timeoutMs, onProgress, signal }: RunOptions,
): Promise<CellEnd> {
  const { outputs, add } = collectOutputs(displays, () => cell.execution_count);
  cell.outputs = outputs;
  onProgress?.(progress);

  let interrupted = false;
  const onOutput = (message: OutputMessage) => {
    if (interrupted && message.type === "error") return;
    add(message);
    const note = noteOf(message);
    if (note !== undefined) onProgress?.({ ...progress, note });
  };
  const onStart = (executionCount: number) => {
    cell.execution_count = executionCount;
  };
  const execution = kernel.execute(cell.source, { onStart, onOutput }).catch((error: unknown) => {
    if (error instanceof KernelDied) return error;
    throw error;
  });
  const first = await firstOf(execution, timeoutMs, signal);
  if (first === "aborted") return "aborted";
  if (first === "late") {
    interrupted = true;
    const end = await stop(kernel, execution);
    add(timeLimitError(timeoutMs));
    return end;
  }
  if (!(first instanceof KernelDied)) return first;
  // A kernel that could has said itself why it ends.
  if (!outputs.some(({ output_type }) => output_type === "error")) add(deathError(first));
  return "kernel died";
}

/** What happens first: the end of the cell, of its time, or of our patience. Leaves no timer. */
async function firstOf<T>(
  execution: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T | "late" | "aborted"> {
  const done = new AbortController();
  const cancel = { signal: done.signal };
  const aborted = new Promise<"aborted">((resolve) => {
    if (signal?.aborted) resolve("aborted");
    signal?.addEventListener("abort", () => resolve("aborted"), { once: true, ...cancel });
  });
  try {
    return await Promise.race([execution, aborted, delay(timeoutMs, "late" as const, cancel)]);
  } finally {
    done.abort();
  }
}

/** Ends the cell, and the kernel with it when the cell does not hear or the kernel is not to be trusted after that. */
async function stop(kernel: Kernel, execution: Promise<unknown>): Promise<"interrupted" | "time limit"> {
  kernel.interrupt();
  const end = await firstOf(execution, interruptGraceMs, undefined);
  if ((end === "ok" || end === "error") && kernel.survivesInterrupt) return "interrupted";
  await kernel.kill();
  return "time limit";
}

function timeLimitError(timeoutMs: number): OutputMessage {
  const seconds = timeoutMs / 1000;
  const evalue = `the cell had not ended after ${seconds} s; if it needs longer, run with --timeout ${Math.ceil(10 * seconds)}`;
  return { type: "error", ename: "TimeLimit", evalue, traceback: [`TimeLimit: ${evalue}`] };
}

function deathError({ name, message, lastWords }: KernelDied): OutputMessage {
  const words = lastWords.trimEnd();
  return {
    type: "error",
    ename: name,
    evalue: message,
    traceback: [`${name}: ${message}`, ...(words ? words.split("\n") : [])],
  };
}

function cleared(cell: Cell): Cell {
  return cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell;
}

function isRunnable(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code" && cell.source.trim() !== "";
}

function titleOf({ source }: CodeCell): string {
  return source.trim().split("\n")[0] ?? "";
}

function noteOf(message: OutputMessage): string | undefined {
  if (message.type !== "display_data" && message.type !== "update_display_data") return undefined;
  const text = message.data["text/plain"];
  return typeof text === "string"
    ? text
        .trimEnd()
        .split(/[\r\n]/)
        .at(-1)
    : undefined;
}

/** A notebook made by hand may not say which kernel runs it; the others are left as they are. */
function withKernel(metadata: Notebook["metadata"], languageInfo: MimeBundle): Notebook["metadata"] {
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  return { kernelspec, language_info: languageInfo, ...metadata };
}
