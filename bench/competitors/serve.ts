// The side of a competitor: starts on its task, says what its first steps lost, then measures whenever it is asked to.
// Usage of every competitor: PROGRAM TASK_JSON FOLDER; it reads one number of seconds a line and answers each with one line.
import { createInterface } from "node:readline";
import { stopwatchOf } from "./stopwatch.js";
import {
  type ChainTask,
  comparedSteps,
  type ProductTask,
  readTrainData,
  type Task,
  type TrainData,
  type TrainTask,
} from "./task.js";

/** A task that has been set up and can go on for ever. */
export interface Runner {
  /** The losses of the next steps; absent where they cannot be those of the others, and `note` says why. */
  readonly losses?: (steps: number) => readonly number[] | Promise<readonly number[]>;
  readonly run: (steps: number) => void | Promise<void>;
  /** What one step counts for in the unit of the task: examples, operations, 10⁹ floating-point operations. */
  readonly perStep: number;
  readonly note?: string;
}

type Started = Runner | Promise<Runner>;

/** What a competitor can do; what it leaves out is reported as such. */
export interface Abilities {
  readonly version: string;
  readonly train?: (task: TrainTask, data: TrainData) => Started;
  readonly product?: (task: ProductTask) => Started;
  readonly chain?: (task: ChainTask) => Started;
}

/** Thrown by a competitor that has not what the task needs. */
export class Unable extends Error {}

export async function serve(abilities: Abilities): Promise<void> {
  const [task, folder] = [JSON.parse(process.argv[2]!) as Task, process.argv[3]!];
  try {
    const runner = await start(abilities, task, folder);
    const { perStep, note } = runner;
    const losses = await runner.losses?.(task.kind === "train" ? comparedSteps : 1);
    await answer({ version: abilities.version, losses, note });
    const stepsPerSecond = stopwatchOf(runner.run);
    for await (const line of createInterface({ input: process.stdin })) {
      await answer({ rate: perStep * (await stepsPerSecond(Number(line))) });
    }
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    await answer({ unable: error.message });
  }
  process.exit(0); // a library may have left something running
}

function start({ train, product, chain }: Abilities, task: Task, folder: string): Started {
  if (task.kind === "train" && train !== undefined) return train(task, readTrainData(task, folder));
  if (task.kind === "product" && product !== undefined) return product(task);
  if (task.kind === "chain" && chain !== undefined) return chain(task);
  throw new Unable(
    { train: "it does not train", product: "it multiplies no matrices", chain: "it has no tape" }[task.kind],
  );
}

/** Resolves once the line is out: on some systems a process may end before that. */
const answer = (line: Readonly<Record<string, unknown>>): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));
