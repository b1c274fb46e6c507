// All that the compiled module exports: the kernels of `../kernels.ts`.
export { relu, reluBackward, sigmoidBackward, tanhBackward } from "./activations";
export { exp, log, sigmoid, tanh } from "./elementary";
export { add, div, fill, mul, scale, shift, sub, sum } from "./elementwise";
export { gemm, gemmWorkspaceBytes } from "./gemm";
export { nll, nllBackward, softmax, softmaxBackward } from "./loss";
export { adam, sgd } from "./optimizers";
export {
  affineColumns,
  affineInputColumns,
  affineInputRows,
  affineRows,
  rankOneColumns,
  rankOneRows,
  updateAffineColumns,
} from "./products";
export { fillRows, sumRows, transpose } from "./rows";
export { collectNonZeros, sparseAffine, sparseRankUpdate } from "./sparse";
export { collectGroups, sparseAffineRows, sparseRankUpdateRows } from "./sparse-groups";
