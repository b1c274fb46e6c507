// The tests of TP1 that students run themselves: `check` in the notebook, `retroprop check` in a terminal.
// This file and what it imports are given to students: literals and properties, no formula that is asked of them.
import { formulas } from "./visible/formulas.js";
import { gradients } from "./visible/gradients.js";
import { learning } from "./visible/learning.js";

const [affine, softmax, nll] = formulas;
const [backwardAffine, backwardNll] = gradients;

/** In course order. */
export default [affine, backwardAffine, softmax, nll, backwardNll, ...learning];
