// Hidden tests of session A: the graph.
import { affine } from "./affine.js";
import { backward } from "./backward.js";
import { accumulateGradient, anyRequireGrad } from "./gradients.js";
import { nll, relu, tanh } from "./operations.js";

/** In course order. */
export const sessionAHidden = [anyRequireGrad, relu, tanh, affine, nll, accumulateGradient, backward] as const;
