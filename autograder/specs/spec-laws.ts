// The specs held to their own law: the reference earns every point, a stub none, a correct program in another style every
// point, and a known mistake loses points in its own exercise only, under its own name. `build --check` and vitest ask here.
import { readdirSync } from "node:fs";
import * as reference from "retroprop";
import { type Functions, LocalStudent } from "../judge/local-student.js";
import { runExercises } from "../judge/run-spec.js";
import type { ExerciseResult, StaffTest } from "../judge/verdict.js";
import { gradedSpecs } from "./graded.js";
import { type KnownMistake, mistakes as tp1Mistakes } from "./tp1/mistakes/index.js";

/** Inputs are drawn anew for each seed: a spec that holds by luck is found out. */
export const specSeeds = ["red", "green", "blue"] as const;

const knownMistakes: Readonly<Record<string, readonly KnownMistake[]>> = { tp1: tp1Mistakes };

export interface SpecFinding {
  readonly law: string;
  /** One sentence each, beginning with the file; empty where the law is kept. */
  readonly problems: readonly string[];
}

/** The findings on the specs of a TP, as they come. */
export async function* checkSpecs(tp: string): AsyncGenerator<SpecFinding> {
  yield { law: "the reference earns every point of the specs", problems: await fullMarksProblems(tp, reference) };
  yield { law: "a stub earns none", problems: await stubProblems(tp) };
  const variants = await problemsOfAll(filesOf(tp, "variants"), async (file) =>
    fullMarksProblems(tp, await load(tp, "variants", file)),
  );
  yield { law: "correct programs in other styles earn every point", problems: variants };
  const mistakes = await problemsOfAll(knownMistakes[tp] ?? [], async (mistake) =>
    mistakeProblems(tp, mistake, await load(tp, "mistakes", mistake.file)),
  );
  yield { law: "every known mistake loses points where it is, under its name", problems: mistakes };
}

/** What keeps `functions` from earning every point. */
export async function fullMarksProblems(tp: string, functions: Functions): Promise<string[]> {
  const runs = await Promise.all(specSeeds.map((seed) => gradeLocally(tp, functions, seed)));
  return runs
    .flat()
    .flatMap(({ id, tests }) =>
      tests
        .filter(({ verdict }) => verdict !== "correct")
        .map(({ title, verdict, message }) => `${id}, « ${title} »: ${verdict} (${message})`),
    );
}

/** What keeps functions that are still to be written from earning nothing and being told so. */
export async function stubProblems(tp: string): Promise<string[]> {
  const stubs = specsOf(tp).map(({ name }) => {
    const stub = () => {
      throw new Error(`À compléter : ${name}`);
    };
    return [name, stub] as const;
  });
  const results = await gradeLocally(tp, Object.fromEntries(stubs), specSeeds[0]);
  return results.flatMap(({ id, tests }) =>
    tests
      .filter(({ earned, verdict }) => earned > 0 || verdict !== "missing")
      .map(({ title, verdict, earned }) => `${id}, « ${title} »: a stub earns ${earned} (${verdict})`),
  );
}

/** What keeps a known mistake from losing points in its exercise alone, and from being named. */
export async function mistakeProblems(tp: string, mistake: KnownMistake, functions: Functions): Promise<string[]> {
  const runs = await Promise.all(specSeeds.map((seed) => gradeLocally(tp, functions, seed)));
  return runs.flatMap((results) => {
    const failed = results.filter(({ earned, points }) => earned < points);
    const where = failed.map(({ id }) => id).join(", ");
    const names = new Set(failed.flatMap(({ tests }) => tests.flatMap(({ mistake }) => mistake ?? [])));
    return [
      ...(where === mistake.exercise ? [] : [`expected to lose points in ${mistake.exercise} only, lost in: ${where}`]),
      ...(names.size === 1 && names.has(mistake.named)
        ? []
        : [`expected to be named « ${mistake.named} », was: ${[...names].join(", ") || "not named"}`]),
    ];
  });
}

function gradeLocally(tp: string, functions: Functions, seed: string): Promise<ExerciseResult<StaffTest>[]> {
  return runExercises(specsOf(tp), new LocalStudent({ ...functions }), { seed });
}

function specsOf(tp: string) {
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

const folderOf = (tp: string, kind: "variants" | "mistakes"): URL => new URL(`./${tp}/${kind}/`, import.meta.url);

function filesOf(tp: string, kind: "variants"): string[] {
  const files = readdirSync(folderOf(tp, kind)).filter((file) => /^[^.]+\.[jt]s$/.test(file));
  return files.map((file) => file.replace(/\.[jt]s$/, "")).sort();
}

/** Our own fixtures, compiled beside this file: never a student's code. */
const load = (tp: string, kind: "variants" | "mistakes", file: string): Promise<Functions> =>
  import(new URL(`${file}.js`, folderOf(tp, kind)).href);
