// Everything the library offers, in the order of the course. Notebooks import from here, by the package's name.

export { backwardRelu, backwardSigmoid, backwardTanh, relu, sigmoid } from "./functions/activations.js";
export { affineTransform, backwardAffineTransform } from "./functions/affine.js";
export { expectAffineShapes, expectGradientShape, expectLabel } from "./functions/expect-shapes.js";
export {
  type CheckedInput,
  type GradientCheckOptions,
  type GradientCheckResult,
  gradientCheck,
} from "./functions/gradient-check.js";
export { backwardNll, backwardNllBatch, nll, nllBatch } from "./functions/nll.js";
export { backwardSoftmax, softmax } from "./functions/softmax.js";
export { arange, array, type CreationOptions, eye, full, ones, stack, zeros, zerosLike } from "./nd/creation.js";
export { type Data, type DType, withDefaultDType } from "./nd/dtype.js";
export {
  abs,
  argmax,
  dot,
  exp,
  log,
  map,
  matmul,
  max,
  maximum,
  mean,
  outer,
  sqrt,
  sum,
  tanh,
  transpose,
} from "./nd/math.js";
export { type AxisOptions, NdArray, type NestedArray } from "./nd/nd-array.js";
export { decodeNpy, encodeNpy } from "./nd/npy.js";
export { formatArray, type PrintOptions } from "./nd/print.js";
export { type NormalOptions, RandomGenerator, type UniformOptions } from "./nd/random.js";
export { type Shape, ShapeError } from "./nd/shape.js";
export type { EpochRecord } from "./train/history.js";
export { evaluate, sgdStep, type TrainedLinear, type TrainLinearOptions, trainLinear } from "./train/linear.js";
export { accuracy, confusionMatrix } from "./train/metrics.js";
