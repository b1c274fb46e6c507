// How `npm run test:slow` runs: the tests that need programs of others or make whole releases, each file in its own process.
import { defineConfig } from "vitest/config";
import config, { inEachLayer, retry, slow } from "./vitest.config.js";

export default defineConfig({
  resolve: config.resolve!,
  test: {
    include: [...slow, ...inEachLayer],
    env: { RETROPROP_TESTED_LAYERS: "weaker" },
    reporters: ["default", "./test/closing-line.ts"],
    retry,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
