// One life of a kernel: start, first cell, many cells, each checked for what it prints; in milliseconds and megabytes.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { CellListener, Kernel } from "../../kernel/client/kernel.js";
import { medianOf } from "../statistics.js";
import type { Contestant } from "./contestants.js";

export interface Life {
  /** From the start of the process to its first answer. */
  readonly ready: number;
  /** Undefined where the system does not tell. */
  readonly megabytes: number | undefined;
  readonly firstCell: number;
  /** Median of the cells from the second to the twentieth. */
  readonly earlyCell: number;
  /** Median of the last twenty; undefined when the kernel did not come so far. */
  readonly lateCell: number | undefined;
  /** Why it did not. */
  readonly fault: string | undefined;
}

/** Runs `cells` cells, sixty or more, each of which uses names of the one before. */
export async function measureLife({ start }: Contestant, folder: string, cells: number): Promise<Life> {
  const startedAt = performance.now();
  const kernel = await start(folder);
  const ready = performance.now() - startedAt;
  try {
    const megabytes = residentMegabytes(kernel.pid);
    const { times, fault } = await timeCells(kernel, cells);
    const [firstCell = 0, ...others] = times;
    const lateCell = fault === undefined ? medianOf(others.slice(-20)) : undefined;
    return { ready, megabytes, firstCell, earlyCell: medianOf(others.slice(0, 19)), lateCell, fault };
  } finally {
    await kernel.kill();
  }
}

/** Its names are of its own, it is typed, it takes from the cell before: as cells of a notebook do. */
export function cellSource(cell: number): string {
  const before = cell === 1 ? "0" : `sum${cell - 1}`;
  return [
    `interface Step${cell} { readonly index: number; readonly label: string }`,
    `function step${cell}(index: number): Step${cell} { return { index, label: "step " + index } }`,
    `const sum${cell} = ${before} + step${cell}(${cell}).index;`,
    `console.log(step${cell}(${cell}).label + " " + sum${cell});`,
  ].join("\n");
}

/** What the cell must print, so that no kernel is fast by doing something else. */
export const cellText = (cell: number): string => `step ${cell} ${(cell * (cell + 1)) / 2}\n`;

/** Stops at the first cell that does not do what it must: a kernel may lose a message, and with it the end of a cell. */
async function timeCells(kernel: Kernel, cells: number): Promise<{ times: number[]; fault: string | undefined }> {
  const times: number[] = [];
  for (let cell = 1; cell <= cells; cell++) {
    const startedAt = performance.now();
    const fault = await runCell(kernel, cell);
    if (fault !== undefined) return { times, fault: `cell ${cell} ${fault}` };
    times.push(performance.now() - startedAt);
  }
  return { times, fault: undefined };
}

/** How long a cell may take, or its output come after it. */
const patienceMs = 5000;

/** Ends when the cell has ended and what it prints is there; what is wrong, if anything. */
async function runCell(kernel: Kernel, cell: number): Promise<string | undefined> {
  let text = "";
  let onText = () => {};
  const printed = new Promise<void>((resolve) => {
    onText = () => text.length >= cellText(cell).length && resolve();
  });
  const onOutput: CellListener["onOutput"] = (output) => {
    if (output.type === "stream") text += output.text;
    if (output.type === "error") text += `${output.ename}: ${output.evalue}`;
    onText();
  };
  const ended = Promise.all([kernel.execute(cellSource(cell), { onOutput }), printed]);
  const end = await Promise.race([ended, delay(patienceMs, undefined, { ref: false })]);
  if (end === undefined) return `had not ended after ${patienceMs / 1000} s, having printed ${JSON.stringify(text)}`;
  return text === cellText(cell) ? undefined : `printed ${JSON.stringify(text.slice(0, 200))}`;
}

function residentMegabytes(pid: number): number | undefined {
  const kilobytes = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  return kilobytes === undefined ? undefined : kilobytes / 1024;
}

function fromProc(pid: number): number | undefined {
  const found = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return found === null ? undefined : Number(found[1]);
}

function fromPs(pid: number): number | undefined {
  const { stdout, status } = spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? Number(stdout.trim()) : undefined;
}
