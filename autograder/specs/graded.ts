// All tests of every TP, visible and hidden, by its name: what marks are given on. Never given to students.
import { type Exercise, joinExercises } from "../judge/spec.js";
import tp1Hidden from "./tp1/hidden.js";
import tp2Hidden from "./tp2/hidden.js";
import { visibleSpecs } from "./visible.js";

export const gradedSpecs: Readonly<Record<string, readonly Exercise[]>> = {
  tp1: joinExercises(visibleSpecs["tp1"]!, tp1Hidden),
  tp2: joinExercises(visibleSpecs["tp2"]!, tp2Hidden),
};
