// `npm run bench:grading`: a class of TP1 graded under each layer of this machine, in turns.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { courseRoot } from "../../cli/course-root.js";
import { usualJobs } from "../../cli/grading/grade-class.js";
import { optimiseLater } from "../../cli/grading/optimise-later.js";
import { machineAndNode, temporaryFolder } from "../surroundings.js";
import { type Kind, writeClass } from "./class.js";
import { type Course, gradeOnce, layerOf, type Measure, openCourse, timeIntake } from "./measure.js";
import { type Contestant, report } from "./report.js";

const defaults = { submissions: 300, rounds: 3, memory: 0 };

const usage = `npm run bench:grading [-- OPTIONS]

Grades a class of TP1 under L3, as many at a time as \`retroprop grade\` does; without isolation; without the tests that train;
one and eight at a time; a class without a mistake, and one of copies, whose code is graded once; in turns. A run with the usual numbers writes bench/GRADING.md.

  --submissions N   how many, ${defaults.submissions} unless told
  --rounds N        how often each has its turn, ${defaults.rounds} unless told; the median counts
  --memory N        then grades N more, and tells the heap of the judge every 1000; ${defaults.memory} unless told
  --help            this text`;

async function main(): Promise<void> {
  if (process.argv.includes("--help")) return console.log(usage);
  optimiseLater(); // as `retroprop grade`
  const { submissions, rounds, memory } = readArguments();
  const courses = {
    every: await courseOf("every", submissions),
    right: await courseOf("right", submissions),
    copies: await courseOf("copies", submissions),
  };
  const course = courses.every;
  const { contestants, missing } = contestantsHere();
  for (const line of missing) console.error(`bench: ${line}`);
  await gradeOnce({ ...course, handIns: course.handIns.slice(0, 20) }, contestants[0]!.conditions); // not measured: cold
  const measures = new Map<Contestant, Measure[]>(contestants.map((one) => [one, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [contestant, all] of measures) {
      all.push(await gradeOnce(courses[contestant.works ?? "every"], contestant.conditions));
      console.error(
        `bench: round ${round}/${rounds}: ${contestant.name}: ${all.at(-1)!.perMinute.toFixed(0)} a minute`,
      );
    }
  }
  const text = report({
    ...{ machine: machineAndNode(), submissions, rounds, measures, missing },
    counted: await gradeOnce(course, { ...contestants[0]!.conditions, isCounted: true }),
    intakeMs: timeIntake(course),
    memory: await memoryCurve(course, contestants[0]!, memory),
  });
  console.log(text);
  const isUsual = submissions === defaults.submissions && rounds === defaults.rounds;
  if (isUsual) writeFileSync(join(courseRoot, "bench", "GRADING.md"), text);
}

async function courseOf(kind: Kind, submissions: number): Promise<Course> {
  const folder = temporaryFolder();
  writeClass(courseRoot, folder, submissions, kind);
  return openCourse(folder);
}

function contestantsHere(): { contestants: Contestant[]; missing: string[] } {
  const jobs = usualJobs();
  const lacking = layerOf("L3").lacking();
  const layer = lacking === undefined ? "L3" : "L1";
  return {
    missing: lacking === undefined ? [] : [`${lacking}; L1 runs in its place`],
    contestants: [
      { name: `${layer}, ${jobs} at a time`, conditions: { layer, jobs }, goal: 1000 },
      { name: "without isolation (L0)", conditions: { layer: "L0", jobs } },
      { name: `${layer}, tests that do not train`, conditions: { layer, jobs, isBrief: true }, goal: 1500 },
      { name: `${layer}, no mistakes`, conditions: { layer, jobs }, goal: 1000, works: "right" },
      {
        name: `${layer}, no mistakes, tests that do not train`,
        conditions: { layer, jobs, isBrief: true },
        goal: 1500,
        works: "right",
      },
      { name: `${layer}, copies of the solution`, conditions: { layer, jobs }, goal: 1000, works: "copies" },
      { name: `${layer}, one at a time`, conditions: { layer, jobs: 1 } },
      { name: `${layer}, eight at a time`, conditions: { layer, jobs: 8 } },
    ],
  };
}

/** Over and over the same class: what grows is kept for nothing. */
async function memoryCurve(course: Course, { conditions }: Contestant, submissions: number) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const curve: [number, number][] = [];
  for (let graded = 0, next = 0; graded < submissions; graded += course.handIns.length) {
    await gradeOnce(course, { ...conditions, isBrief: true });
    if (graded + course.handIns.length < next) continue;
    collect();
    curve.push([graded + course.handIns.length, process.memoryUsage().heapUsed / 2 ** 20]);
    next += 1000;
    console.error(`bench: ${curve.at(-1)!.join(" graded, MB: ")}`);
  }
  return curve;
}

function readArguments(): typeof defaults {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ options: { submissions: text, rounds: text, memory: text } });
    const read = (name: keyof typeof defaults, least: number): number => {
      const number = Number(values[name] ?? defaults[name]);
      if (Number.isSafeInteger(number) && number >= least) return number;
      throw new Error(`--${name} expects a whole number, ${least} or more; received ${values[name]}`);
    };
    return { submissions: read("submissions", 1), rounds: read("rounds", 1), memory: read("memory", 0) };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}; npm run bench:grading -- --help tells the options`);
    return process.exit(2);
  }
}

await main();
