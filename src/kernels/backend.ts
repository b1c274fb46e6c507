// What computes: the SIMD kernels, or the formulas of src/functions as one reads them.
import { describeValue } from "../nd/describe.js";
import { openHeap } from "./heap.js";
import { isSimdSupported } from "./load.js";

/** `simd`: compiled kernels, for tensors of float32. `reference`: the readable formulas, many times slower. */
export type Backend = "reference" | "simd";

let chosen: Backend | undefined;

/**
 * Chooses what computes tensors from now on: "simd" unless this machine has no WebAssembly SIMD. A network keeps the
 * backend it was made under. Sums are rounded differently: results agree to about six digits.
 *
 * @returns what was chosen before
 * @throws RangeError on another name, and on "simd" where it does not exist
 */
export function setBackend(backend: Backend): Backend {
  if (backend !== "reference" && backend !== "simd") {
    throw new RangeError(`setBackend: expected "reference" or "simd", received ${describeValue(backend)}`);
  }
  if (backend === "simd" && !isSimdSupported()) {
    throw new RangeError('setBackend: this machine has no WebAssembly SIMD: "reference" is what it can do');
  }
  const before = currentBackend();
  chosen = backend;
  if (backend === "simd") openHeap();
  return before;
}

/** What computes tensors. Where SIMD is missing a warning says so, once. */
export function currentBackend(): Backend {
  chosen ??= firstBackend();
  return chosen;
}

function firstBackend(): Backend {
  if (isSimdSupported()) {
    openHeap();
    return "simd";
  }
  process.emitWarning(
    "WebAssembly SIMD is missing here (Node started with --jitless?): tensors are computed by the reference formulas, many times slower",
    { code: "RETROPROP_NO_SIMD" },
  );
  return "reference";
}
