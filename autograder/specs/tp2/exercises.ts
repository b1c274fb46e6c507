// The fourteen functions and classes TP2 asks for, in course order: what their tests are declared for.
// `given` is the code students receive that the tests themselves use.
import type { ExerciseHead } from "../../judge/spec.js";

export const anyRequireGrad: ExerciseHead = {
  id: "tp2.any-require-grad",
  name: "anyRequireGrad",
  title: "Qui a besoin d'un gradient",
  given: ["Tensor"],
};
export const relu: ExerciseHead = {
  id: "tp2.relu",
  name: "relu",
  title: "ReLU",
  uses: ["tp2.any-require-grad"],
  given: ["Tensor"],
};
export const tanh: ExerciseHead = {
  id: "tp2.tanh",
  name: "tanh",
  title: "La tangente hyperbolique",
  uses: ["tp2.any-require-grad"],
  given: ["Tensor"],
};
export const affine: ExerciseHead = {
  id: "tp2.affine",
  name: "affine",
  title: "La transformation affine et ses trois règles",
  uses: ["tp2.any-require-grad"],
  given: ["Tensor"],
};
export const nll: ExerciseHead = {
  id: "tp2.nll",
  name: "nll",
  title: "La perte comme tenseur",
  uses: ["tp2.any-require-grad"],
  given: ["Tensor"],
};
export const accumulateGradient: ExerciseHead = {
  id: "tp2.accumulate-gradient",
  name: "accumulateGradient",
  title: "Accumuler un gradient",
  given: ["Tensor"],
};
export const backward: ExerciseHead = {
  id: "tp2.backward",
  name: "backward",
  title: "Remonter le graphe",
  uses: ["tp2.accumulate-gradient"],
  given: ["Tensor"],
};
export const zeroInit: ExerciseHead = {
  id: "tp2.zero-init",
  name: "zeroInit",
  title: "Partir de zéro",
};
export const glorotInit: ExerciseHead = {
  id: "tp2.glorot-init",
  name: "glorotInit",
  title: "L'initialisation de Glorot",
};
export const kaimingInit: ExerciseHead = {
  id: "tp2.kaiming-init",
  name: "kaimingInit",
  title: "L'initialisation de Kaiming",
};
export const sgd: ExerciseHead = {
  id: "tp2.sgd",
  name: "SGD",
  title: "La descente de gradient stochastique",
  given: ["Parameter"],
};
export const linearNetwork: ExerciseHead = {
  id: "tp2.linear-network",
  name: "LinearNetwork",
  title: "Le classifieur du TP1 en module",
  uses: ["tp2.affine", "tp2.zero-init"],
  given: ["Tensor", "Parameter", "Module"],
};
export const trainingLoop: ExerciseHead = {
  id: "tp2.training-loop",
  name: "trainingLoop",
  title: "La boucle d'entraînement",
  uses: ["tp2.nll", "tp2.backward"],
  given: ["Tensor", "Parameter", "Module"],
};
export const deepNetwork: ExerciseHead = {
  id: "tp2.deep-network",
  name: "DeepNetwork",
  title: "Le réseau profond",
  uses: [
    "tp2.relu",
    "tp2.tanh",
    "tp2.affine",
    "tp2.zero-init",
    "tp2.glorot-init",
    "tp2.kaiming-init",
    "tp2.linear-network",
  ],
  given: ["Tensor", "Parameter", "Module"],
};
