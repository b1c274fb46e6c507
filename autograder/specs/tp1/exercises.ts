// The eight functions TP1 asks for, in course order: what their tests are declared for.
import type { ExerciseHead } from "../../judge/spec.js";

export const affine: ExerciseHead = {
  id: "tp1.affine",
  name: "affineTransform",
  title: "La transformation affine",
};
export const backwardAffine: ExerciseHead = {
  id: "tp1.backward-affine",
  name: "backwardAffineTransform",
  title: "Le gradient de la transformation affine",
};
export const softmax: ExerciseHead = {
  id: "tp1.softmax",
  name: "softmax",
  title: "Softmax sans débordement",
};
export const nll: ExerciseHead = {
  id: "tp1.nll",
  name: "nll",
  title: "La perte : l'opposé de la log-vraisemblance",
};
export const backwardNll: ExerciseHead = {
  id: "tp1.backward-nll",
  name: "backwardNll",
  title: "Le gradient de la perte",
  uses: ["tp1.softmax"],
};
export const evaluate: ExerciseHead = {
  id: "tp1.evaluate",
  name: "evaluate",
  title: "L'exactitude sur un jeu de données",
  uses: ["tp1.affine"],
};
export const sgdStep: ExerciseHead = {
  id: "tp1.sgd-step",
  name: "sgdStep",
  title: "Un pas de descente de gradient",
  uses: ["tp1.affine", "tp1.backward-affine", "tp1.nll", "tp1.backward-nll"],
};
export const train: ExerciseHead = {
  id: "tp1.train",
  name: "trainLinear",
  title: "La boucle d'entraînement",
  uses: ["tp1.evaluate", "tp1.sgd-step"],
};
