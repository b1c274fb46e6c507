// The kernels that `retroprop` runs notebooks on, by the names that `--kernel` takes.
import type { Kernel, StartOptions } from "../kernel/client/kernel.js";
import { startKernel } from "../kernel/client/retroprop-kernel.js";
import { startTslabKernel } from "../kernel/client/tslab-kernel.js";

export interface NotebookKernels {
  readonly retroprop: StartKernel;
  /** The stock one, untouched. */
  readonly tslab: StartKernel;
}

type StartKernel = (options: StartOptions) => Promise<Kernel>;

export const notebookKernels: NotebookKernels = {
  retroprop: (options) => startKernel(options),
  tslab: (options) => startTslabKernel(options),
};
