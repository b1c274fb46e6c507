// The kernels that `retroprop` runs notebooks on, by the names that `--kernel` takes.
import type { Kernel, StartOptions } from "../kernel/client/kernel.js";
import { startKernel } from "../kernel/client/retroprop-kernel.js";
import { startTslabKernel } from "../kernel/client/tslab-kernel.js";
import { CliError } from "./command.js";

export interface NotebookKernels {
  readonly retroprop: StartKernel;
  /** The stock one, untouched. */
  readonly tslab: StartKernel;
}

export type StartKernel = (options: StartOptions) => Promise<Kernel>;

export const notebookKernels: NotebookKernels = {
  retroprop: (options) => startKernel(options),
  tslab: (options) => startTslabKernel(options),
};

/** What `--kernel` asks for. */
export function readKernelName(name: string): keyof NotebookKernels {
  if (name === "retroprop" || name === "tslab") return name;
  throw new CliError(`--kernel: expected retroprop or tslab, got ${JSON.stringify(name)}`);
}
