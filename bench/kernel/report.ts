// The measured lives and runs as a page of Markdown: bench/KERNEL.md.
import { medianOf } from "../statistics.js";
import type { Life } from "./measure.js";

export interface Results {
  readonly machine: string;
  readonly rounds: number;
  readonly cells: number;
  /** Kernel → its lives, in order of the rounds. */
  readonly lives: ReadonlyMap<string, readonly Life[]>;
  /** Runner → milliseconds. */
  readonly runs: ReadonlyMap<string, readonly number[]>;
  /** Who stays away, and the remedy. */
  readonly missing: readonly string[];
}

/** What our kernel is to reach, on the machine of the design. */
const goals = { ready: 1000, firstCell: 150, cell: 15, megabytes: 250 };

export function report({ machine, rounds, cells, lives, runs, missing }: Results): string {
  return [
    "# The kernel beside its peers",
    "",
    `Medians of ${rounds} rounds, interleaved, in one run of \`node dist/bench/kernel/main.js\` on ${machine}. Each cell declares`,
    "an interface and a function, takes a value of the cell before and prints; what it prints is checked. Times are in",
    "milliseconds, from the request to the reply and `idle`; memory is resident, once the kernel is ready.",
    "",
    `| kernel | ready | first cell | cells 2–20 | cells ${cells - 19}–${cells} | memory at start, MB |`,
    "| --- | --: | --: | --: | --: | --: |",
    ...[...lives].map(([name, ofName]) => lifeRow(name, ofName)),
    `| _goal_ | ≤ ${goals.ready} | ≤ ${goals.firstCell} | ≤ ${goals.cell} | no slower | ≤ ${goals.megabytes} |`,
    "",
    "Deno's kernel checks no types. tslab's are TypeScript 5.0's, and not strict.",
    ...faultLines(lives),
    "",
    "A notebook of ten such cells, from the command line to the written result:",
    "",
    "| | milliseconds | times ours |",
    "| --- | --: | --: |",
    ...runRows(runs),
    ...missing.map((line) => `\n${line}`),
    "",
  ].join("\n");
}

function lifeRow(name: string, lives: readonly Life[]): string {
  const median = (pick: (life: Life) => number | undefined): string => {
    const values = lives.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? "–" : inWords(medianOf(values));
  };
  const columns = [
    median(({ ready }) => ready),
    median(({ firstCell }) => firstCell),
    median(({ earlyCell }) => earlyCell),
    median(({ lateCell }) => lateCell),
    median(({ megabytes }) => megabytes),
  ];
  return `| ${name} | ${columns.join(" | ")} |`;
}

function runRows(runs: ReadonlyMap<string, readonly number[]>): string[] {
  const medians = [...runs].map(([name, times]) => [name, medianOf(times)] as const);
  const [, ours = Number.NaN] = medians[0] ?? [];
  return medians.map(([name, time]) => `| ${name} | ${inWords(time)} | ${(time / ours).toFixed(1)} |`);
}

/** One for each kernel that did not come to the last cell. */
function faultLines(lives: ReadonlyMap<string, readonly Life[]>): string[] {
  return [...lives].flatMap(([name, ofName]) => {
    const fault = ofName.find((life) => life.fault !== undefined)?.fault;
    return fault === undefined ? [] : ["", `${name} did not come to the last cell: ${fault}.`];
  });
}

/** Two digits where they tell something. */
const inWords = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
