// Visible tests of session A: the graph.
import { accumulateGradient, anyRequireGrad, backward } from "./graph.js";
import { affine, nll, relu, tanh } from "./operations.js";

/** In course order. */
export const sessionAVisible = [anyRequireGrad, relu, tanh, affine, nll, accumulateGradient, backward] as const;
