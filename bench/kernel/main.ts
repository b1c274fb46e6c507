// `node dist/bench/kernel/main.js [--rounds N] [--cells N]`: our kernel beside its peers, interleaved in one run.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, type } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchFolder, type Contestant, findContestants, tslabProgram } from "./contestants.js";
import { type Life, measureLife } from "./measure.js";
import { findRunners, prepareRuns, type Runner, timeRun } from "./notebook-run.js";
import { report } from "./report.js";

const defaults = { rounds: 5, cells: 300 };

async function main(): Promise<void> {
  const { rounds, cells } = readArguments();
  const contestants = findContestants();
  const runners = findRunners();
  const missing = [...contestants.missing, ...runners.missing];
  for (const line of missing) console.error(`bench: ${line}`);

  const folder = temporaryFolder();
  prepareRuns(folder, tslabProgram());
  const lives = new Map<string, Life[]>();
  const runs = new Map<string, number[]>();
  for (let round = 1; round <= rounds; round++) {
    console.error(`bench: round ${round}/${rounds}`);
    for (const contestant of contestants.present) await addLife(lives, contestant, folder, cells);
    for (const runner of runners.present) addRun(runs, runner, folder);
  }
  const text = report({ machine: machine(), rounds, cells, lives, runs, missing });
  console.log(text);
  if (rounds === defaults.rounds && cells === defaults.cells) writeFileSync(join(benchFolder, "KERNEL.md"), text);
}

async function addLife(lives: Map<string, Life[]>, contestant: Contestant, folder: string, cells: number) {
  try {
    const life = await measureLife(contestant, folder, cells);
    lives.set(contestant.name, [...(lives.get(contestant.name) ?? []), life]);
  } catch (error) {
    console.error(`bench: ${contestant.name}: ${(error as Error).message}`);
  }
}

function addRun(runs: Map<string, number[]>, runner: Runner, folder: string): void {
  try {
    const time = timeRun(runner, folder);
    runs.set(runner.name, [...(runs.get(runner.name) ?? []), time]);
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
  }
}

function readArguments(): { rounds: number; cells: number } {
  const options = {
    rounds: { type: "string", default: String(defaults.rounds) },
    cells: { type: "string", default: String(defaults.cells) },
  } as const;
  const { values } = parseArgs({ options });
  const [rounds, cells] = [Number(values.rounds), Number(values.cells)];
  if (Number.isSafeInteger(rounds) && Number.isSafeInteger(cells) && rounds >= 1 && cells >= 60)
    return { rounds, cells };
  throw new RangeError(`expected --rounds from 1 and --cells from 60, whole; got ${values.rounds} and ${values.cells}`);
}

/** It goes with this process, also when that is interrupted. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.once("SIGINT", () => process.exit(130));
  return folder;
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? "unknown"} × ${cpus().length}, ${type()} ${release()}, Node ${process.version}`;
}

await main();
