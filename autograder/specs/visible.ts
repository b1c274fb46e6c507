// The visible tests of every TP, by its name.
import type { VisibleExercise } from "../judge/spec.js";
import tp1 from "./tp1/visible.js";
import tp2 from "./tp2/visible.js";

export const visibleSpecs: Readonly<Record<string, readonly VisibleExercise[]>> = { tp1, tp2 };
