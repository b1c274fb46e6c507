// `npm run bench`: our speed beside the peers', interleaved in one run; `--help` says what can be chosen.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Arguments, readArguments, UsageError, usage } from "./arguments.js";
import type { TrainTask } from "./competitors/task.js";
import { benchFolder, type Competitor, competitors, findPresent } from "./competitors.js";
import { writeTrainData } from "./data.js";
import { type Contestant, measureAll, type Outcome, type Plan } from "./measure.js";
import { inUnit, report, unitOf } from "./report.js";
import { Session } from "./session.js";
import { stepCompetitors, stepMeasurements, stepRounds, stepTables, withTables } from "./steps.js";
import { machine, machineAndNode, temporaryFolder } from "./surroundings.js";
import { longMeasurements, type Measurement, measurements } from "./workloads.js";

async function main(args: readonly string[]): Promise<void> {
  const workloads = new Set([...measurements, ...longMeasurements].map(({ workload }) => workload));
  const known = { competitors: competitors.map(({ name }) => name), workloads: [...workloads] };
  const choice = readArguments(args, known);
  if (choice.wantsHelp) return console.log(usage);
  if (choice.isSteps) return climbSteps(choice);
  const { present, missing } = findPresent(competitors.filter(({ name }) => choice.only?.includes(name) ?? true));
  for (const line of missing) console.error(`bench: ${line}`);

  const chosen = chosenMeasurements(choice);
  const results = await measureEach(chosen, present, choice);
  const { isQuick, only, workloads: someWorkloads } = choice;
  const isWhole = !isQuick && only === undefined && someWorkloads === undefined;
  const rounds = roundsOf(choice);
  const text = report({ measurements: chosen, competitors: present, results, machine: machine(), missing, rounds });
  console.log(text);
  if (isWhole) writeFileSync(join(benchFolder, "RESULTS.md"), text);
}

/** The ladders of docs/vitesse.md, written there unless the run is a quick one. */
async function climbSteps(choice: Arguments): Promise<void> {
  const results = await measureEach(stepMeasurements, stepCompetitors, choice);
  const tables = stepTables(results, machineAndNode(), roundsOf(choice));
  console.log(tables);
  if (choice.isQuick) return;
  const page = join(benchFolder, "../docs/vitesse.md");
  writeFileSync(page, withTables(readFileSync(page, "utf8"), tables));
}

function chosenMeasurements({ isQuick, isLong, workloads }: Arguments): Measurement[] {
  const isLongToo = isLong || workloads?.includes("TP2");
  const all = isLongToo ? [...measurements, ...longMeasurements] : measurements;
  const chosen = all.filter(({ workload, isQuick: isOfQuickRun }) => {
    return (workloads?.includes(workload) ?? true) && (!isQuick || isOfQuickRun);
  });
  if (chosen.length > 0) return chosen;
  throw new UsageError("a quick run has none of these workloads: leave --quick away");
}

async function measureEach(
  chosen: readonly Measurement[],
  present: readonly Competitor[],
  choice: Arguments,
): Promise<Map<string, ReadonlyMap<string, Outcome>>> {
  const folder = temporaryFolder();
  writeTrainData(
    chosen.map(({ task }) => task).filter((task): task is TrainTask => task.kind === "train"),
    folder,
  );
  const results = new Map<string, ReadonlyMap<string, Outcome>>();
  for (const [i, measurement] of chosen.entries()) {
    const where = `bench: ${i + 1}/${chosen.length} ${measurement.title}`;
    const asked = present.filter(({ name }) => measurement.competitors?.includes(name) ?? true);
    const contestants = asked.map((competitor) => contestantOf(competitor, measurement, folder));
    const onProgress = (doing: string) => showProgress(`${where}, ${doing}`);
    const outcomes = await measureAll(contestants, { ...planOf(measurement, choice), onProgress });
    showProgress("");
    console.error(where);
    for (const [name, outcome] of outcomes) console.error(`  ${name.padEnd(20)} ${oneLine(measurement, outcome)}`);
    results.set(measurement.title, outcomes);
  }
  return results;
}

function planOf({ task, tolerance }: Measurement, choice: Arguments): Plan {
  const shared = { tolerance, standard: "pytorch" };
  const isWhole = task.kind === "train" && task.epochs !== undefined;
  if (isWhole) return { ...shared, rounds: choice.rounds ?? 3, seconds: 3, timeout: 600, warmUp: false };
  const seconds = choice.isQuick ? 0.05 : 0.25;
  return { ...shared, rounds: roundsOf(choice), seconds, timeout: 60, warmUp: true };
}

function roundsOf({ rounds, isQuick, isSteps }: Arguments): number {
  return rounds ?? (isQuick ? 1 : isSteps ? stepRounds : 5);
}

/** Its process starts with `hello`: not all at once. */
function contestantOf({ name, command, threads }: Competitor, { task }: Measurement, folder: string): Contestant {
  const [program, ...args] = command;
  let session: Session | undefined;
  return {
    name,
    hello: (timeout) => {
      session = new Session(program, [...args, JSON.stringify(task), folder], threads);
      return session.hello(timeout);
    },
    rate: (seconds, timeout) => session!.rate(seconds, timeout),
    close: () => session?.close(),
  };
}

/** One line that changes, where there is a terminal. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function oneLine({ task }: Measurement, outcome: Outcome): string {
  if (outcome.status === "measured") return `${inUnit(task, outcome.rate)} ${unitOf(task)}`;
  return outcome.status === "failed" ? `failed: ${outcome.reason}` : `– ${outcome.reason}`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}
