// Loads the compiled kernels: `loadKernels(memory)` gives them, `isSimdSupported()` says whether this machine can run them.
import { compiledKernels } from "./compiled.js";
import type { Kernels } from "./kernels.js";

let module: WebAssembly.Module | undefined;

/**
 * The kernels, computing in `memory`: a shared one of at least one page. The module is compiled once, for any number of
 * memories.
 *
 * @throws WebAssembly.CompileError or a ReferenceError where {@link isSimdSupported} is false
 */
export function loadKernels(memory: WebAssembly.Memory): Kernels {
  module ??= new WebAssembly.Module(moduleBytes());
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

/** Whether there is a WebAssembly that knows SIMD and shared memory: not on an old processor, nor under `node --jitless`. */
export function isSimdSupported(): boolean {
  return typeof WebAssembly !== "undefined" && WebAssembly.validate(moduleBytes());
}

const moduleBytes = () => Buffer.from(compiledKernels, "base64"); // skips the line breaks
