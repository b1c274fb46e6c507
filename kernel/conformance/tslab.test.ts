// The suite of cases on the stock tslab, with what it is known to miss: what passes there is what a lesson may count on.
import { createRequire } from "node:module";
import { memoryFlags } from "../client/kernel-command.js";
import { startZeromqKernel } from "../client/zeromq-kernel.js";
import { conform, memoryLimitMb } from "./fixtures/conform.js";

const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");

conform({
  start: (folder) => {
    const args = [...memoryFlags(memoryLimitMb), tslab, "kernel", "--config-path", "{connection_file}"];
    return startZeromqKernel([process.execPath, ...args], { folder }, "signal");
  },
  knownFault: ({ tslab: fault }) => fault,
});
