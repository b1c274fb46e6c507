// The command line of `npm run bench`: what to measure, with whom, for how long.
import { parseArgs } from "node:util";

export interface Arguments {
  readonly isQuick: boolean;
  readonly isLong: boolean;
  /** The ladders of docs/vitesse.md instead of everything else. */
  readonly isSteps: boolean;
  /** Names of competitors; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** Undefined for all. */
  readonly workloads: readonly string[] | undefined;
  /** Undefined for as many as the kind of run has. */
  readonly rounds: number | undefined;
  readonly wantsHelp: boolean;
}

export const usage = `npm run bench [-- OPTIONS]

Trains the same networks on the same data with this library, NumPy, PyTorch and other JavaScript libraries, in turns, and
compares their speed. A run of everything writes bench/RESULTS.md; any other only prints.

  --quick               a few measures, once each, under a minute
  --long                TP2's trainings at full length as well
  --steps               what each idea gains, for docs/vitesse.md, which it writes: about a minute
  --only NAME,…         these competitors (PyTorch is what ratios are over)
  --workload NAME,…     these workloads: W1 W2 W3 W4 gemm autograd, or TP2 (implies --long)
  --rounds N            so many rounds, of which the median counts
  --help                this text

The other JavaScript libraries are installed by: npm ci --prefix bench/peers`;

/** Wrong use of the command line, in a sentence. */
export class UsageError extends Error {}

/** @param known the names that `--only` and `--workload` may take */
export function readArguments(
  args: readonly string[],
  known: { readonly competitors: readonly string[]; readonly workloads: readonly string[] },
): Arguments {
  const { quick, long, steps, only, workload, rounds, help } = parse(args);
  if (steps && (long || only !== undefined || workload !== undefined)) {
    throw new UsageError("--steps has versions and workloads of its own: leave --long, --only and --workload away");
  }
  return {
    isQuick: quick === true,
    isLong: long === true,
    isSteps: steps === true,
    only: readNames("--only", only, known.competitors),
    workloads: readNames("--workload", workload, known.workloads),
    rounds: rounds === undefined ? undefined : readRounds(rounds),
    wantsHelp: help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      quick: { type: "boolean" },
      long: { type: "boolean" },
      steps: { type: "boolean" },
      only: { type: "string", multiple: true },
      workload: { type: "string", multiple: true },
      rounds: { type: "string" },
      help: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}: see npm run bench -- --help`);
  }
}

function readNames(
  option: string,
  lists: readonly string[] | undefined,
  known: readonly string[],
): readonly string[] | undefined {
  if (lists === undefined) return undefined;
  const names = lists.flatMap((list) => list.split(",")).filter((name) => name !== "");
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined && names.length > 0) return names;
  const received = stranger === undefined ? "nothing" : `"${stranger}"`;
  throw new UsageError(`${option}: expected some of ${known.join(", ")}, received ${received}`);
}

function readRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isSafeInteger(rounds) && rounds >= 1) return rounds;
  throw new UsageError(`--rounds: expected a whole number ≥ 1, received "${text}"`);
}
