// `npm run bench:kernel`: our kernel beside its peers, interleaved in one run.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { machineAndNode, temporaryFolder } from "../surroundings.js";
import { benchFolder, type Contestant, findContestants, tslabProgram } from "./contestants.js";
import { type Life, measureLife } from "./measure.js";
import { findRunners, prepareRuns, type Runner, timeRun } from "./notebook-run.js";
import { report } from "./report.js";

const defaults = { rounds: 5, cells: 300 };

const usage = `npm run bench:kernel [-- OPTIONS]

Starts our kernel, the stock tslab and Deno's, runs the same cells and notebooks on each, in turns, and compares their times
and memory; nbconvert runs the notebook too. A run with the usual numbers writes bench/KERNEL.md.

  --rounds N   how often each has its turn, ${defaults.rounds} unless told; the median counts
  --cells N    how many cells each runs, ${defaults.cells} unless told, 60 at least
  --help       this text

Deno is installed by: npm ci --prefix bench/peers`;

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    console.log(usage);
    return;
  }
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
  const text = report({ machine: machineAndNode(), rounds, cells, lives, runs, missing });
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
  const { values } = parse(options);
  const [rounds, cells] = [Number(values.rounds), Number(values.cells)];
  if (Number.isSafeInteger(rounds) && Number.isSafeInteger(cells) && rounds >= 1 && cells >= 60)
    return { rounds, cells };
  return refuse(`expected --rounds from 1 and --cells from 60, whole; got ${values.rounds} and ${values.cells}`);
}

function parse<T extends NonNullable<ParseArgsConfig["options"]>>(options: T) {
  try {
    return parseArgs({ options });
  } catch (error) {
    return refuse((error as Error).message.split(". ")[0] ?? "");
  }
}

function refuse(reason: string): never {
  console.error(`bench: ${reason}; npm run bench:kernel -- --help tells the options`);
  process.exit(2);
}

await main();
