// Runs a case on a kernel, as a front end would: cell by cell, with interrupts and answers where the case has them.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Kernel, KernelDied } from "../client/kernel.js";
import { collectOutputs } from "../client/outputs.js";
import { makeFolder } from "../client/write-atomically.js";
import type { Case, CellCase } from "./case.js";
import { type CellRun, differences } from "./compare.js";

/** What a timer of a cell may still print counts as the cell's. */
const lateOutputMs = 300;

export interface CaseRun {
  /** The differences from what the case expects, each with its cell; empty when the kernel conforms. */
  readonly faults: readonly string[];
  /** Whether another case may follow in the same kernel. */
  readonly isUsable: boolean;
}

/** How long to wait for the end of a cell, and for that of one that was interrupted, on a machine however busy. */
export interface Patience {
  readonly cellMs: number;
  readonly interruptedMs: number;
}

export async function runCase(one: Case, kernel: Kernel, folder: string, patience: Patience): Promise<CaseRun> {
  writeFiles(folder, one.files);
  const displays = new Map();
  const runs: CellRun[] = [];
  for (const cell of one.cells) {
    writeFiles(folder, cell.files);
    const run = await runCell(cell, kernel, displays, patience);
    runs.push(run);
    if (run.death !== undefined || run.isEndless) break;
  }
  const last = runs.at(-1);
  const isUsable = last?.death === undefined && !last?.isEndless;
  if (isUsable) await delay(lateOutputMs);
  const faults = runs.flatMap((run, i) => differences(one.cells[i]!, run).map((fault) => `cell ${i + 1}: ${fault}`));
  return { faults, isUsable };
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>> = {}): void {
  for (const [path, text] of Object.entries(files)) {
    makeFolder(dirname(join(folder, path)));
    writeFileSync(join(folder, path), text);
  }
}

type Displays = Parameters<typeof collectOutputs>[0];

async function runCell(cell: CellCase, kernel: Kernel, displays: Displays, patience: Patience): Promise<CellRun> {
  let executionCount: number | null = null;
  const { outputs, add } = collectOutputs(displays, () => executionCount);
  const answers = [...(cell.answers ?? [])];
  let isShown = () => {};
  const shown = new Promise<void>((resolve) => {
    isShown = resolve;
  });
  const execution = kernel
    .execute(cell.code, {
      onStart: (count) => {
        executionCount = count;
      },
      onOutput: (output) => {
        add(output);
        isShown();
      },
      ...(cell.answers === undefined ? {} : { onInput: async () => answers.shift() ?? "" }),
    })
    .catch((error: unknown) => {
      if (error instanceof KernelDied) return error;
      throw error;
    });
  const limitMs = cell.interruptAfterMs === undefined ? patience.cellMs : patience.interruptedMs;
  if (cell.interruptAfterMs !== undefined) {
    const begun = Promise.race([shown, delay(limitMs, undefined, { ref: false })]);
    await Promise.race([execution, begun.then(() => delay(cell.interruptAfterMs))]);
    kernel.interrupt();
  }
  const end = await Promise.race([execution, delay(limitMs, "endless" as const)]);
  if (end === "endless") return { outputs, executionCount, isEndless: true };
  const seen = { outputs, executionCount };
  return end instanceof KernelDied ? { ...seen, death: end.message } : seen;
}
