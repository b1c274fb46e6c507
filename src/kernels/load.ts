// Loads the compiled kernels: `loadKernels(memory)` gives them, `isSimdSupported()` says whether this machine can run them.
import { compiledKernels } from "./compiled.js";
import type { Kernels } from "./kernels.js";
import { type CompiledModule, type SharedMemory, webAssembly } from "./webassembly.js";

let module: CompiledModule | undefined;

/**
 * The kernels, computing in `memory`: a shared one of at least one page. The module is compiled once, for any number of
 * memories.
 *
 * @throws WebAssembly.CompileError or a TypeError where {@link isSimdSupported} is false
 */
export function loadKernels(memory: SharedMemory): Kernels {
  const { Instance } = webAssembly()!;
  return new Instance(compiledModule(), { env: { memory } }).exports as Kernels;
}

/** The kernels before they have a memory: what other threads load. */
export function compiledModule(): CompiledModule {
  const { Module } = webAssembly()!;
  module ??= new Module(moduleBytes());
  return module;
}

/** Whether there is a WebAssembly that knows SIMD and shared memory: not on an old processor, nor under `node --jitless`. */
export const isSimdSupported = (): boolean => webAssembly()?.validate(moduleBytes()) ?? false;

const moduleBytes = () => Buffer.from(compiledKernels, "base64"); // skips the line breaks
