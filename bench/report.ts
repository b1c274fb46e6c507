// The measures as a page: goals, tables with ratios over PyTorch, and what could not be measured or compared.

import { comparedSteps, examples, type Task } from "./competitors/task.js";
import type { Competitor } from "./competitors.js";
import { checkGoals, type GoalCheck, Rates, type Results } from "./goals.js";
import type { Outcome } from "./measure.js";
import { type Measurement, trainings } from "./workloads.js";

export interface Report {
  readonly measurements: readonly Measurement[];
  readonly competitors: readonly Competitor[];
  readonly results: Results;
  readonly machine: string;
  /** A line for each thing that was not installed. */
  readonly missing: readonly string[];
  readonly rounds: number;
}

/** Markdown. */
export function report(run: Report): string {
  const { machine, missing, rounds } = run;
  const about = [
    "# Measured speed",
    "Written by `npm run bench`; do not edit. `npm run bench -- --help` says what can be chosen.",
    `Machine: ${machine}. Medians of ${rounds} interleaved round${rounds === 1 ? "" : "s"}, float32, one thread unless said otherwise; in brackets: over PyTorch on one thread.`,
    ...missing.map((line) => `This run was ${line}.`),
    ...(usesReferenceBlas(run.results) ? [referenceBlas] : []),
  ];
  const sections = [
    section("Goals", goalTable(checkGoals(run.measurements, run.competitors, run.results))),
    section(
      "Training",
      aboutTraining(run),
      table(run, (measurement) => isShortTraining(measurement.task)),
    ),
    section(
      "Products of matrices",
      "m×n×k, GFLOP/s.",
      table(run, ({ task }) => task.kind === "product"),
    ),
    section(
      "The cost of recording",
      "Microseconds an operation, forward and backward: ten times a product and a sum of 4 elements, then their sum.",
      table(run, ({ task }) => task.kind === "chain"),
    ),
    section(
      "TP2 at full length",
      "Seconds.",
      table(run, ({ task }) => task.kind === "train" && !isShortTraining(task)),
    ),
    section("Versions", versionList(run)),
    section("Not measured, or not compared", noteList(run)),
  ];
  return `${[...about, ...sections.filter((text) => text !== "")].join("\n\n")}\n`;
}

const referenceBlas =
  "PyTorch or NumPy ran on the reference BLAS, ten to forty times slower in large products than OpenBLAS: their figures, and the ratios over them, say little. On Debian: `apt-get install libopenblas0`.";

function usesReferenceBlas(results: Results): boolean {
  const outcomes = [...results.values()].flatMap((byName) => [...byName.values()]);
  return outcomes.some((outcome) => outcome.status === "measured" && /reference BLAS/.test(outcome.version));
}

/** Three digits: `807k`, `16.8k`, `0.51`. */
export function formatNumber(value: number): string {
  if (value >= 999_500) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 999.5) return `${threeDigits(value / 1000)}k`;
  return threeDigits(value);
}

const threeDigits = (value: number): string =>
  value >= 99.95 ? value.toFixed(0) : value.toPrecision(value < 0.995 ? 2 : 3);

const isShortTraining = (task: Task): boolean => task.kind === "train" && task.epochs === undefined;

function aboutTraining({ measurements }: Report): string {
  const shown = measurements.filter(({ task }) => isShortTraining(task));
  const named = trainings.filter(({ workload }) => shown.some((measurement) => measurement.workload === workload));
  return [
    `Examples a second, forward, backward and update. All see the same ${examples.toLocaleString("en")} examples in the same order, from the same first weights: dense ones are random numbers, MNIST is digits, four in five of whose pixels are 0. † cannot be compared, see below.`,
    named
      .map(({ workload, about, tolerance }) => {
        return `- ${workload}: ${about}; the losses of the first ${comparedSteps} steps agree within ${tolerance}`;
      })
      .join("\n"),
  ].join("\n\n");
}

/** A title and what is under it; nothing when the last part is empty. */
function section(title: string, ...parts: readonly string[]): string {
  return parts.at(-1) === "" ? "" : [`## ${title}`, ...parts].join("\n\n");
}

function goalTable(checks: readonly GoalCheck[]): string {
  if (checks.length === 0) return "";
  const rows = checks.map(({ title, goal, measured, isReached }) => {
    const verdict = measured === undefined ? "not measured" : isReached ? "yes" : "no";
    return [title, goal, measured === undefined ? "" : formatNumber(measured), verdict];
  });
  return markdownTable([["measurement", "goal", "measured", "reached"], ...rows], 2);
}

/** A row for each competitor that was measured, a column for each measurement. */
function table(
  { measurements, competitors, results }: Report,
  isWanted: (measurement: Measurement) => boolean,
): string {
  const columns = measurements.filter(isWanted);
  const rows = competitors.flatMap(({ name, label }) => {
    const cells = columns.map((measurement) => cell(measurement, name, results));
    return cells.some((text) => /\d/.test(text)) ? [[label, ...cells]] : [];
  });
  if (rows.length === 0) return "";
  return markdownTable([["", ...columns.map(({ title }) => title)], ...rows], 1);
}

function cell({ title, task }: Measurement, name: string, results: Results): string {
  const outcomes = results.get(title) ?? new Map();
  const outcome = outcomes.get(name);
  if (outcome === undefined || outcome.status === "unable") return "–";
  if (outcome.status === "failed") return "failed";
  const ratio = new Rates(outcomes).ratio(name, "pytorch");
  const mark = isShortTraining(task) && !outcome.isCompared ? " †" : "";
  return `${inUnit(task, outcome.rate)}${ratio === undefined ? "" : ` (${formatNumber(ratio)})`}${mark}`;
}

/** What {@link inUnit} counts. */
export function unitOf(task: Task): string {
  if (task.kind === "product") return "GFLOP/s";
  if (task.kind === "chain") return "µs an operation";
  return isShortTraining(task) ? "examples/s" : "s";
}

/** A rate as its table shows it. */
export function inUnit(task: Task, rate: number): string {
  if (task.kind === "chain") return formatNumber(1e6 / rate);
  if (task.kind === "train" && task.epochs !== undefined) return formatNumber((task.epochs * 50_000) / rate);
  return formatNumber(rate);
}

/** @param numbers the first column of numbers: from there on, to the right */
function markdownTable([head, ...rows]: readonly (readonly string[])[], numbers: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head!.map((_, i) => (i < numbers ? "---" : "---:"));
  return [line(head!), line(rule), ...rows.map(line)].join("\n");
}

function versionList({ results }: Report): string {
  const outcomes = [...results.values()].flatMap((byName) => [...byName.values()]);
  const versions = outcomes.flatMap((outcome) => (outcome.status === "measured" ? outcome.version : []));
  return [...new Set(versions)].map((version) => `- ${version}`).join("\n");
}

/** Why a cell is as it is; that a library only trains is no news beside products of matrices. */
function reasonOf({ task }: Measurement, outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined) return undefined;
  if (outcome.status === "measured") return outcome.note;
  if (outcome.status === "failed") return `failed: ${outcome.reason}`;
  return task.kind === "train" ? outcome.reason : undefined;
}

/** Every reason once, with the measurements it stands for. */
function noteList({ measurements, competitors, results }: Report): string {
  const places = new Map<string, string[]>();
  for (const { name, label } of competitors) {
    for (const measurement of measurements) {
      const { title } = measurement;
      const reason = reasonOf(measurement, results.get(title)?.get(name));
      if (reason === undefined) continue;
      const note = `${label}: ${reason}`;
      places.set(note, [...(places.get(note) ?? []), title]);
    }
  }
  return [...places].map(([note, titles]) => `- ${note} (${titles.join(", ")})`).join("\n");
}
