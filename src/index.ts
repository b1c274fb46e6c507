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
export type { EpochRecord } from "./train/history.js";
export {
  evaluate,
  predict,
  sgdStep,
  type TrainedLinear,
  type TrainLinearOptions,
  trainLinear,
} from "./train/linear.js";
export { accuracy, confusionMatrix } from "./train/metrics.js";

// Figures, and showing them in a notebook.
export { type MimeBundle, toBundle } from "./notebook/bundle.js";
export type { DisplayOptions, NotebookHost } from "./notebook/host.js";
export { type LiveDisplay, type LiveDisplayOptions, liveDisplay } from "./notebook/live-display.js";
export { type ProgressBar, progressBar } from "./notebook/progress-bar.js";
export { show } from "./notebook/show.js";
export { type TableRow, table } from "./notebook/table.js";
export { type BarsOptions, plotBars } from "./plot/bars.js";
export { type ConfusionOptions, plotConfusion } from "./plot/confusion.js";
export { type Curve, type CurvesOptions, plotCurves } from "./plot/curves.js";
export type { Figure } from "./plot/figure.js";
export { type HistoryOptions, type PlottedEpoch, plotHistory } from "./plot/history.js";
export { type ImagesOptions, plotImages } from "./plot/images.js";
export { figureToSvg } from "./plot/svg/figure-to-svg.js";
export type { Images } from "./plot/tiles.js";
export { plotWeights, type WeightsOptions } from "./plot/weights.js";
