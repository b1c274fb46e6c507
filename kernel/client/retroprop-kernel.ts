// Our kernel, started and spoken to over a pipe: no native module, and nothing that listens on a port.
import { JupyterKernel } from "./jupyter-kernel.js";
import type { StartOptions } from "./kernel.js";
import { kernelFlags, kernelProgram, memoryFlags } from "./kernel-command.js";
import { spawnKernelProcess } from "./kernel-process.js";
import { openPipeChannels } from "./pipe-channels.js";

/** Starts our kernel in the notebook's folder. `program` is its entry, where it is not the compiled one beside us. */
export async function startKernel(
  { folder, memoryLimitMb, signal }: StartOptions,
  program = kernelProgram,
): Promise<JupyterKernel> {
  const args = [...kernelFlags, ...memoryFlags(memoryLimitMb), program, "--pipe"];
  const process = spawnKernelProcess({ args, folder, hasPipe: true });
  const kernel = new JupyterKernel(process, (onMessage) => openPipeChannels(process.pipe, onMessage));
  await kernel.waitUntilReady(signal);
  return kernel;
}
