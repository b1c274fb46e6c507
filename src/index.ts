// Everything the library offers, in the order of the course. Notebooks import from here, by the package's name.

// Arrays: the course's NumPy.
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
  power,
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

// Formulas, each with its gradient.
export { backwardRelu, backwardSigmoid, backwardTanh, relu, sigmoid } from "./functions/activations.js";
export { affineTransform, backwardAffineInput, backwardAffineTransform } from "./functions/affine.js";
export { expectAffineShapes, expectGradientShape, expectLabel } from "./functions/expect-shapes.js";
export {
  type CheckedInput,
  type GradientCheckOptions,
  type GradientCheckResult,
  gradientCheck,
} from "./functions/gradient-check.js";
export { backwardNll, backwardNllBatch, nll, nllBatch } from "./functions/nll.js";
export { backwardSoftmax, softmax } from "./functions/softmax.js";

// What computes them: SIMD kernels, or the formulas above as one reads them.
export { type Backend, currentBackend, setBackend } from "./kernels/backend.js";
export { HeapError } from "./kernels/heap.js";
export { currentWorkers, setWorkers } from "./kernels/workers.js";

// Tensors: arrays that remember how they were computed.
export { GraphError } from "./autograd/graph-error.js";
export type { Operation } from "./autograd/operation.js";
export * as ops from "./autograd/ops.js";
export {
  anyRequireGrad,
  apply,
  noGrad,
  type Operand,
  Tensor,
  type TensorOptions,
} from "./autograd/tensor.js";
export { type TracedTensor, traceGraph } from "./autograd/trace.js";

// Networks: what they are made of, how they start, and their parameters as a file.
export { ReLU, Sigmoid, TanH } from "./nn/activations.js";
export { Dropout, type DropoutOptions } from "./nn/dropout.js";
export { constantInit, glorotInit, type Init, type InitOptions, kaimingInit, zeroInit } from "./nn/init.js";
export { Linear, type LinearOptions } from "./nn/linear.js";
export { Module } from "./nn/module.js";
export { DeepNetwork, type DeepNetworkOptions, type LayerActivations, LinearNetwork } from "./nn/networks.js";
export { Parameter } from "./nn/parameter.js";
export { decodeSafetensors, encodeSafetensors, safetensorsMetadata } from "./nn/safetensors.js";
export { type LoadedParameters, type LoadOptions, loadParameters, saveParameters } from "./nn/saved-parameters.js";
export { Sequential } from "./nn/sequential.js";

// Optimisers, from the plainest on, and how their learning rate changes.
export { Adam, type AdamOptions, AdamW } from "./optim/adam.js";
export { Optimizer, type OptimizerOptions } from "./optim/optimizer.js";
export {
  CosineAnnealingLR,
  type CosineAnnealingLROptions,
  ExponentialLR,
  type ExponentialLROptions,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  type Schedule,
  StepLR,
  type StepLROptions,
} from "./optim/schedules.js";
export { type MomentumForm, SGD, type SGDOptions } from "./optim/sgd.js";

// Data sets: read from files, or drawn by a seeded generator.
export { DataError, type DataProblem } from "./datasets/data-error.js";
export { type DataHome, defaultDataHome } from "./datasets/data-home.js";
export {
  countClasses,
  type Dataset,
  exampleCount,
  flattenInputs,
  type RegressionSet,
  selectExamples,
  splitExamples,
  takeExamples,
} from "./datasets/dataset.js";
export { contentsProblem, countExamples, type Inspection, inspectDataset } from "./datasets/inspect.js";
export { type InsuranceRow, insurance } from "./datasets/insurance.js";
export { iris, irisFeatures } from "./datasets/iris.js";
export { fashionMnist, mnist, type Splits } from "./datasets/mnist.js";
export {
  type BlobOptions,
  checkerboard,
  fourGaussians,
  type Point,
  type Polygon,
  polygons,
  type ScatterOptions,
  twoGaussians,
  xorBlobs,
} from "./datasets/points.js";
export {
  type Carrier,
  type Checksum,
  type DataFile,
  type DatasetEntry,
  type Download,
  readRegistry,
  type SplitCounts,
} from "./datasets/registry.js";
export { linearInThree, linearInTwo, quartic, type RegressionOptions, sineCubic } from "./datasets/regression.js";
export { usps } from "./datasets/usps.js";

// Training and judging.
export { type Evaluation, type EvaluationOptions, evaluateNetwork, predictClasses } from "./train/evaluation.js";
export type { EpochRecord, TrainingRecord } from "./train/history.js";
export {
  evaluate,
  predict,
  sgdStep,
  type TrainedLinear,
  type TrainLinearOptions,
  trainLinear,
} from "./train/linear.js";
export { accuracy, confusionMatrix } from "./train/metrics.js";
export { TrainingError } from "./train/training-error.js";
export { type TrainingOptions, type TrainingRun, trainingLoop } from "./train/training-loop.js";

// Figures, and showing them in a notebook.
export { type MimeBundle, toBundle } from "./notebook/bundle.js";
export type { DisplayOptions, NotebookHost } from "./notebook/host.js";
export { type LiveDisplay, type LiveDisplayOptions, liveDisplay } from "./notebook/live-display.js";
export { type LiveHistory, type LiveHistoryOptions, liveHistory } from "./notebook/live-history.js";
export { type ProgressBar, progressBar } from "./notebook/progress-bar.js";
export { show } from "./notebook/show.js";
export { type TableRow, table } from "./notebook/table.js";
export { type ActivationsOptions, plotActivations } from "./plot/activations.js";
export { type BarsOptions, plotBars } from "./plot/bars.js";
export { type BoundaryOptions, type ClassifyPoints, type LabelledPoints, plotBoundary } from "./plot/boundary.js";
export { type ConfusionOptions, plotConfusion } from "./plot/confusion.js";
export { type Curve, type CurvesOptions, plotCurves } from "./plot/curves.js";
export type { Figure, SvgFigure } from "./plot/figure.js";
export { type DrawnTensor, type GraphOptions, plotGraph } from "./plot/graph.js";
export { type HistoryOptions, type PlottedEpoch, plotHistory } from "./plot/history.js";
export { type ImagesOptions, plotImages } from "./plot/images.js";
export { figureToSvg } from "./plot/svg/figure-to-svg.js";
export type { Images } from "./plot/tiles.js";
export { plotWeights, type WeightsOptions } from "./plot/weights.js";
