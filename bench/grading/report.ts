// What `npm run bench:grading` found, as a page.
import { medianOf } from "../statistics.js";
import type { Kind } from "./class.js";
import type { Conditions, Measure } from "./measure.js";

export interface Contestant {
  readonly name: string;
  readonly conditions: Conditions;
  /** The class, that of every kind of work unless told. */
  readonly works?: Kind;
  /** Submissions a minute. */
  readonly goal?: number;
}

export interface Findings {
  readonly machine: string;
  readonly submissions: number;
  readonly rounds: number;
  readonly measures: ReadonlyMap<Contestant, readonly Measure[]>;
  /** The one with the time of what was started. */
  readonly counted: Measure;
  readonly intakeMs: number;
  /** Heap of the judge in MB after a collection, by submissions graded. */
  readonly memory: readonly (readonly [graded: number, megabytes: number])[];
  readonly missing: readonly string[];
}

export function report(found: Findings): string {
  const { machine, submissions, rounds, measures, counted, intakeMs, memory, missing } = found;
  return [
    "# How fast a class is graded",
    "",
    `${submissions} submissions of TP1: the solution, the stub, every known mistake and correct variant, as notebooks and as code;`,
    "where it says « no mistakes », the solution and the correct variants only. No two hold the same code, which would be",
    "graded once: but for « copies of the solution », where it is.",
    `Medians of ${rounds} rounds, interleaved, in one run of \`npm run bench:grading\` on ${machine}.`,
    ...missing.map((line) => `\n${line}`),
    "",
    "| how | submissions a minute | goal | judge, ms of processor a submission | lost |",
    "| --- | --: | --: | --: | --: |",
    ...[...measures].map(([contestant, all]) => row(contestant, all)),
    "",
    agreement(measures),
    "",
    `Processor time of a submission in the first of these: ${round(counted.judgeMs)} ms of the judge, of which ${round(intakeMs)} to read it,`,
    `and ${round(counted.startedMs)} ms of the processes it starts.`,
    ...(memory.length === 0 ? [] : ["", "| graded | heap of the judge after a collection, MB |", "| --: | --: |"]),
    ...memory.map(([graded, megabytes]) => `| ${graded} | ${round(megabytes)} |`),
    "",
  ].join("\n");
}

function row({ name, goal }: Contestant, all: readonly Measure[]): string {
  const median = (key: "perMinute" | "judgeMs") => round(medianOf(all.map((one) => one[key])));
  const lost = Math.max(...all.map((one) => one.lost));
  return `| ${name} | ${median("perMinute")} | ${goal === undefined ? "" : `≥ ${goal}`} | ${median("judgeMs")} | ${lost} |`;
}

/** Whole TPs of one class must get the same marks under all layers and jobs. */
function agreement(measures: Findings["measures"]): string {
  const isSame = ({ conditions, works = "every" }: Contestant) => conditions.isBrief !== true && works === "every";
  const whole = [...measures].filter(([one]) => isSame(one)).flatMap(([, all]) => all);
  const different = new Set(whole.map(({ marks }) => marks)).size;
  if (different === 1) return `All ${whole.length} runs of the whole TP gave the same marks.`;
  return `**${different} different sets of marks came out of ${whole.length} runs of the whole TP.**`;
}

const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
