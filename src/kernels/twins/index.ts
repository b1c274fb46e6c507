// Every kernel in plain TypeScript: what the compiled ones must do, to read and to test against.
import type { Kernels } from "../kernels.js";
import { activationTwins } from "./activations.js";
import { elementaryTwins } from "./elementary.js";
import { elementwiseTwins } from "./elementwise.js";
import { gemmTwins } from "./gemm.js";
import { lossTwins } from "./loss.js";
import type { Memory } from "./memory.js";
import { optimizerTwins } from "./optimizers.js";
import { productTwins } from "./products.js";
import { rowTwins } from "./rows.js";
import { sparseTwins } from "./sparse.js";
import { sparseGroupTwins } from "./sparse-groups.js";

/** All twins, computing in `memory`. */
export const twinKernels = (memory: Memory): Kernels => ({
  ...productTwins(memory),
  ...sparseTwins(memory),
  ...sparseGroupTwins(memory),
  ...gemmTwins(memory),
  ...rowTwins(memory),
  ...elementaryTwins(memory),
  ...activationTwins(memory),
  ...elementwiseTwins(memory),
  ...lossTwins(memory),
  ...optimizerTwins(memory),
});
