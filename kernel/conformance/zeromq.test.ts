// The suite of cases on our kernel, spoken to as Jupyter does.
import { afterAll } from "vitest";
import { kernelFlags, memoryFlags } from "../client/kernel-command.js";
import { startZeromqKernel } from "../client/zeromq-kernel.js";
import { buildKernel } from "../fixtures/built-kernel.js";
import { conform, memoryLimitMb } from "./fixtures/conform.js";

const built = await buildKernel();
afterAll(built.remove);

conform({
  start: (folder) => {
    const args = [...kernelFlags, ...memoryFlags(memoryLimitMb), built.main, "--connection-file", "{connection_file}"];
    return startZeromqKernel([process.execPath, ...args], { folder });
  },
  knownFault: () => undefined,
});
