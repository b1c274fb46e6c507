// All tests of a TP, hidden ones too: for `grade` alone, never part of a release.
import { type Exercise, type HiddenExercise, joinExercises } from "../../autograder/judge/spec.js";
import type { ExpectedExercise } from "../../autograder/submission/submission.js";
import { type Tp, tps } from "../../course/manifest.js";
import { expectedIn, loadVisible } from "./visible-specs.js";

const hidden: Readonly<Record<string, () => Promise<{ readonly default: readonly HiddenExercise[] }>>> = {
  tp1: () => import("../../autograder/specs/tp1/hidden.js"),
  tp2: () => import("../../autograder/specs/tp2/hidden.js"),
};

export const gradedTps: readonly string[] = Object.keys(hidden);

export interface GradedTp {
  readonly tp: Tp;
  readonly exercises: readonly Exercise[];
}

/** What intake looks for, with what each exercise is worth. */
export const expectedOf = ({ tp, exercises }: GradedTp): ExpectedExercise[] =>
  expectedIn(exercises).map((expected) => {
    const points = tp.exercises.find(({ id }) => id === expected.id)?.points;
    return points === undefined ? expected : { ...expected, points };
  });

/** @throws when no TP has this name: ask `gradedTps` first */
export async function loadTp(name: string): Promise<GradedTp> {
  const tp = tps.find((candidate) => candidate.name === name);
  const load = hidden[name];
  if (tp === undefined || load === undefined) throw new Error(`internal: ${name} has no manifest or no hidden specs`);
  return { tp, exercises: joinExercises(await loadVisible(name), (await load()).default) };
}
