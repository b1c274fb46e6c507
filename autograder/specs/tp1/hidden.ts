// The tests of TP1 that give the rest of the points: fresh inputs, compared with the reference in double precision.
// Students see their titles and hints, never their inputs; nothing a student receives may import this file.
import { affine, backwardAffine } from "./hidden/affine.js";
import { evaluate } from "./hidden/evaluate.js";
import { backwardNll, nll } from "./hidden/nll.js";
import { sgdStep } from "./hidden/sgd-step.js";
import { softmax } from "./hidden/softmax.js";
import { train } from "./hidden/train.js";

/** In course order. */
export default [affine, backwardAffine, softmax, nll, backwardNll, evaluate, sgdStep, train];
