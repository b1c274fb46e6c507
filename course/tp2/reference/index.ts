// All of TP2's reference: the exercises and the code that students receive with them.
export { glorotInit, kaimingInit, zeroInit } from "./init.js";
export { Module, Parameter } from "./module.js";
export { DeepNetwork, LinearNetwork } from "./networks.js";
export { affine, nll, relu, tanh } from "./operations.js";
export { SGD } from "./sgd.js";
export { accumulateGradient, anyRequireGrad, type BackwardRule, backward, record, Tensor, tapeOf } from "./tensor.js";
export { evaluateNetwork, type TrainingOptions, type TrainingRecord, trainingLoop } from "./training-loop.js";
