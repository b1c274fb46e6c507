import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The library's sources, so that a stale build is never what gets tested.
    alias: {
      "retroprop-autograder": fileURLToPath(new URL("./autograder/index.ts", import.meta.url)),
      retroprop: fileURLToPath(new URL("./src/index.ts", import.meta.url)),
    },
  },
  test: {
    reporters: ["default", "./test/closing-line.ts"],
    include: ["{src,autograder,kernel,cli,course,test,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
  },
});
