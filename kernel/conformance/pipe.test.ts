// The suite of cases on our kernel, spoken to as the runner does.
import { afterAll } from "vitest";
import { startKernel } from "../client/retroprop-kernel.js";
import { buildKernel } from "../fixtures/built-kernel.js";
import { conform, memoryLimitMb } from "./fixtures/conform.js";

const built = await buildKernel();
afterAll(built.remove);

conform({
  start: (folder) => startKernel({ folder, memoryLimitMb }, built.main),
  knownFault: () => undefined,
});
