// The specs held to their own law: the reference earns every point, a stub none, a correct program in another style every
// point, and a known mistake loses points in its own exercise, under its own name, and elsewhere only where that is used.
// `build --check` and vitest ask here. Each TP has its folder: reference.ts, mistakes/index.ts, variants/.
import { readdirSync } from "node:fs";
import { extname } from "node:path";
import { type Functions, LocalStudent } from "../judge/local-student.js";
import { runExercises } from "../judge/run-spec.js";
import type { Exercise } from "../judge/spec.js";
import type { ExerciseResult, StaffTest } from "../judge/verdict.js";
import { usedBy } from "../judge/where-to-start.js";
import { gradedSpecs } from "./graded.js";
import type { KnownMistake } from "./known-mistake.js";

/** Inputs are drawn anew for each seed: a spec that holds by luck is found out. */
export const specSeeds = ["red", "green", "blue"] as const;

export interface SpecFinding {
  readonly law: string;
  /** One sentence each, beginning with the file; empty where the law is kept. */
  readonly problems: readonly string[];
}

/** An exercise as the manifest announces it. */
export interface AskedExercise {
  readonly id: string;
  readonly points: number;
}

export interface CheckSpecsOptions {
  /** Called before each program is graded: how many have been, of how many, and its name. */
  readonly onProgram?: (done: number, total: number, name: string) => void;
  /** Called with what came of each known mistake. */
  readonly onMistake?: (run: MistakeRun) => void;
}

/** A known mistake, graded once a seed on the exercises that it can touch. */
export interface MistakeRun {
  readonly mistake: KnownMistake;
  readonly runs: readonly (readonly ExerciseResult<StaffTest>[])[];
}

/** The findings on the specs of a TP, whose manifest asks for these exercises, as they come. */
export async function* checkSpecs(
  tp: string,
  asked: readonly AskedExercise[],
  options: CheckSpecsOptions = {},
): AsyncGenerator<SpecFinding> {
  const { onProgram = () => {}, onMistake = () => {} } = options;
  const [variants, mistakes] = [variantFiles(tp), await loadMistakes(tp)];
  let done = 0;
  const start = (name: string) => onProgram(done++, 2 + variants.length + mistakes.length, name);

  const law = "every exercise has tests, visible and hidden, for the points that the manifest gives it";
  yield { law, problems: manifestProblems(asked, specsOf(tp)) };
  start("reference");
  const reference = await loadReference(tp);
  yield { law: "the reference earns every point of the specs", problems: await fullMarksProblems(tp, reference) };
  start("stub");
  yield { law: "a stub earns none", problems: await stubProblems(tp) };
  const ofVariants = await problemsOfAll(variants, async (file) => {
    start(file);
    return fullMarksProblems(tp, await load(tp, `variants/${file}`));
  });
  yield { law: "correct programs in other styles earn every point", problems: ofVariants };
  const ofMistakes = await problemsOfAll(mistakes, async (mistake) => {
    start(mistake.file);
    const run = await gradeMistake(tp, mistake);
    onMistake(run);
    return mistakeProblems(tp, run);
  });
  yield { law: "every known mistake loses points where it is, under its name", problems: ofMistakes };
}

/** Where the tests and the manifest disagree about which exercises there are, and for how many points. */
export function manifestProblems(asked: readonly AskedExercise[], exercises: readonly Exercise[]): string[] {
  const tested = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const strangers = exercises.filter(({ id }) => !asked.some((one) => one.id === id));
  return [
    ...asked.flatMap((one) => problemsOf(one, tested.get(one.id)?.tests ?? [])),
    ...strangers.map(({ id }) => `${id}: has tests, and the manifest names no such exercise`),
  ];
}

function problemsOf({ id, points }: AskedExercise, tests: Exercise["tests"]): string[] {
  const given = tests.reduce((sum, test) => sum + test.points, 0);
  const lacking = (["visible", "hidden"] as const).filter((one) => !tests.some(({ visibility }) => visibility === one));
  return [
    ...lacking.map((visibility) => `${id}: has no ${visibility} test`),
    ...(given === points ? [] : [`${id}: its tests give ${given} points, the manifest ${points}`]),
  ];
}

/** What keeps `functions` from earning every point, or those of some exercises. */
export async function fullMarksProblems(
  tp: string,
  functions: Functions,
  exercises: readonly Exercise[] = specsOf(tp),
  seeds: readonly string[] = specSeeds,
): Promise<string[]> {
  const runs = await Promise.all(seeds.map((seed) => gradeLocally(tp, functions, seed, exercises)));
  return runs
    .flat()
    .flatMap(({ id, tests }) =>
      tests
        .filter(({ verdict }) => verdict !== "correct")
        .map(({ title, verdict, message }) => `${id}, « ${title} »: ${verdict} (${message})`),
    );
}

/** What keeps functions and classes that are still to be written from earning nothing and being told so. */
export async function stubProblems(tp: string, exercises: readonly Exercise[] = specsOf(tp)): Promise<string[]> {
  const stubs = replaceAnswers(await loadReference(tp), tp, (name) => {
    throw new Error(`À compléter : ${name}`);
  });
  const results = await gradeLocally(tp, stubs, specSeeds[0], exercises);
  return results.flatMap(({ id, tests }) =>
    tests
      .filter(({ earned, verdict }) => earned > 0 || verdict !== "missing")
      .map(({ title, verdict, earned }) => `${id}, « ${title} »: a stub earns ${earned} (${verdict})`),
  );
}

/** A correct program whose answers all do the same; what is given to students stays. One may call it or `new` it. */
export function replaceAnswers(program: Functions, tp: string, answer: (name: string) => unknown): Functions {
  const answers = specsOf(tp).map(({ name }) => {
    const replaced = function replaced() {
      return answer(name);
    };
    return [name, replaced] as const;
  });
  return { ...program, ...Object.fromEntries(answers) };
}

/**
 * Grades a known mistake. Left out are the exercises for which its program has, to the object, what the reference has:
 * they would get what the reference gets.
 */
export async function gradeMistake(
  tp: string,
  mistake: KnownMistake,
  seeds: readonly string[] = specSeeds,
): Promise<MistakeRun> {
  const [reference, functions] = [await loadReference(tp), await load(tp, `mistakes/${mistake.file}`)];
  const specs = specsOf(tp);
  const isTouched = (spec: Exercise): boolean =>
    [spec, ...usedBy(spec, specs)]
      .flatMap(({ name, given = [] }) => [name, ...given])
      .some((name) => functions[name] !== reference[name]);
  const touched = specs.filter(isTouched);
  const runs: ExerciseResult<StaffTest>[][] = [];
  for (const seed of seeds) runs.push(await gradeLocally(tp, functions, seed, touched));
  return { mistake, runs };
}

/** What keeps a known mistake from losing points in its exercise, from being named, and from costing others. */
export function mistakeProblems(tp: string, { mistake, runs }: MistakeRun): string[] {
  const specs = specsOf(tp);
  const isOwn = ({ id }: { readonly id: string }) => id === mistake.exercise;
  const atStake = specs.filter((spec) => isOwn(spec) || usedBy(spec, specs).some(isOwn)).map(({ id }) => id);
  return runs.flatMap((results) => {
    const failed = results.filter(({ earned, points }) => earned < points).map(({ id }) => id);
    const names = results.filter(isOwn).flatMap(({ tests }) => tests.flatMap(({ mistake }) => mistake ?? []));
    const rightNames = [mistake.named, ...(mistake.also ?? [])];
    return [
      ...(failed.includes(mistake.exercise) && failed.every((id) => atStake.includes(id))
        ? []
        : [`expected to lose points in ${mistake.exercise}, and where it is used; lost in: ${failed.join(", ")}`]),
      ...(names.includes(mistake.named) && names.every((name) => rightNames.includes(name))
        ? []
        : [`expected to be named « ${mistake.named} », was: ${[...new Set(names)].join(", ") || "not named"}`]),
    ];
  });
}

function gradeLocally(
  tp: string,
  functions: Functions,
  seed: string,
  exercises: readonly Exercise[] = specsOf(tp),
): Promise<ExerciseResult<StaffTest>[]> {
  return runExercises(exercises, new LocalStudent({ ...functions }), { seed });
}

function specsOf(tp: string): readonly Exercise[] {
  const specs = gradedSpecs[tp];
  if (specs === undefined) throw new Error(`internal: ${tp} has no specs`);
  return specs;
}

async function problemsOfAll<Item extends string | KnownMistake>(
  items: readonly Item[],
  problemsOf: (item: Item) => Promise<readonly string[]>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const item of items) {
    const name = typeof item === "string" ? item : item.file;
    for (const problem of new Set(await problemsOf(item))) problems.push(`${name}: ${problem}`);
  }
  return problems;
}

/** Correct programs in other styles, by the names of their files. */
export function variantFiles(tp: string): string[] {
  const files = readdirSync(new URL(`./${tp}/variants/`, import.meta.url)).filter((file) =>
    /^[^.]+\.[jt]s$/.test(file),
  );
  return files.map((file) => file.replace(/\.[jt]s$/, "")).sort();
}

export const loadVariant = (tp: string, file: string): Promise<Functions> => load(tp, `variants/${file}`);

/** The correct program of a TP: its answers, and what they were given with. */
export const loadReference = (tp: string): Promise<Functions> => load(tp, "reference");

export const loadMistakes = async (tp: string): Promise<readonly KnownMistake[]> =>
  (await load(tp, "mistakes/index"))["mistakes"] as readonly KnownMistake[];

/** Our own files, beside this one and compiled or not as it is: never a student's code. */
const load = (tp: string, file: string): Promise<Functions> =>
  import(new URL(`./${tp}/${file}${extname(import.meta.url)}`, import.meta.url).href);
