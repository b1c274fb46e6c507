// One life of a kernel: start, first cell, many cells, each checked for what it prints; in milliseconds and megabytes.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Kernel } from "../../kernel/client/kernel.js";
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
  /** Median of the last twenty; undefined when there are too few cells. */
  readonly lateCell: number | undefined;
}

/** Runs `cells` cells, each of which uses names of the one before. */
export async function measureLife({ start }: Contestant, folder: string, cells: number): Promise<Life> {
  const startedAt = performance.now();
  const kernel = await start(folder);
  const ready = performance.now() - startedAt;
  try {
    const megabytes = residentMegabytes(kernel.pid);
    const times: number[] = [];
    for (let cell = 1; cell <= cells; cell++) times.push(await timeCell(kernel, cell));
    const [firstCell = 0, ...others] = times;
    const lateCell = cells >= 60 ? medianOf(others.slice(-20)) : undefined;
    return { ready, megabytes, firstCell, earlyCell: medianOf(others.slice(0, 19)), lateCell };
  } finally {
    await kernel.shutdown();
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

async function timeCell(kernel: Kernel, cell: number): Promise<number> {
  let text = "";
  const startedAt = performance.now();
  const end = await kernel.execute(cellSource(cell), {
    onOutput(output) {
      if (output.type === "stream") text += output.text;
    },
  });
  const time = performance.now() - startedAt;
  if (end !== "ok" || text !== cellText(cell)) {
    throw new Error(`cell ${cell} ended ${end} and printed ${JSON.stringify(text.slice(0, 500))}`);
  }
  return time;
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
