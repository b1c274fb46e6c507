// The tests a student may read, by TP. Nothing hidden is reachable from here: a release holds this file.
import type { ExerciseHead, VisibleExercise } from "../../autograder/judge/spec.js";
import type { ExpectedExercise } from "../../autograder/submission/submission.js";

const specs: Readonly<Record<string, () => Promise<{ readonly default: readonly VisibleExercise[] }>>> = {
  tp1: () => import("../../autograder/specs/tp1/visible.js"),
  tp2: () => import("../../autograder/specs/tp2/visible.js"),
};

export const checkedTps: readonly string[] = Object.keys(specs);

/** @throws when no TP has this name: ask `checkedTps` first */
export async function loadVisible(tp: string): Promise<readonly VisibleExercise[]> {
  const load = specs[tp];
  if (load === undefined) throw new Error(`internal: no visible specs for ${tp}; there are: ${checkedTps.join(", ")}`);
  return (await load()).default;
}

/** What intake looks for. A Python name is the same words in snake_case; that of a class is the same. */
export function expectedIn(exercises: readonly ExerciseHead[]): ExpectedExercise[] {
  return exercises.map(({ id, name, given = [] }) => {
    const isClass = /^[A-Z]/.test(name);
    const python = isClass ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { id, name, python, given };
  });
}
