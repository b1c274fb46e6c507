// How `npm run test:peers` runs: the tests that need programs of others, each file in a process of its own.
import { defineConfig } from "vitest/config";
import { peers } from "./vitest.config.js";

export default defineConfig({
  test: {
    include: peers,
    reporters: ["default", "./test/closing-line.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
