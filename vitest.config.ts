// How `npm test` runs: on every processor but one, and on two at least; files that need a process of their own first.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// What measures memory, listens to signals, mocks modules or works for long: each file in a process of its own.
// The others share one process for each worker, and save its start and loading what is not ours, TypeScript for one.
const apart = [
  "src/{autograd,kernels,train}/**/*.test.ts",
  "autograder/sandbox/**/*.test.ts",
  "autograder/specs/{laws,any-answer}.test.ts",
  "autograder/report/{hostile,marking-page}.test.ts",
  "autograder/judge/{compile,process-student}.test.ts",
  "course/build/check.test.ts",
  "kernel/{engine,client,protocol}/**/*.test.ts",
  "cli/commands/{doctor,grade,kernel,start}.test.ts",
  "cli/grading/causes.test.ts",
];
// What starts programs may fail once on a busy machine, whichever process it is in.
const programs = "{cli,lab,test,bench}/**/*.test.ts";
// Whole things: tanh of every number, a million steps, the kernel's conformance, programs of others (stock tslab, Jupyter's
// clients, a browser), editions and releases, Gradescope's container, the red team, runs and kernels from start to end, weaker
// sandboxes. `npm run test:slow` runs them; so does CI.
export const slow = [
  "kernel/conformance/{pipe,tslab,zeromq,jupyter-client,nbconvert}.test.ts",
  "kernel/client/{retroprop-kernel,tslab-kernel,run-notebook,export-html-browser}.test.ts",
  "autograder/red-team/red-team{,-layers}.test.ts",
  "cli/gradescope/gradescope.test.ts",
  "cli/commands/{killed-run,run}.test.ts",
  "kernel/protocol/endings.test.ts",
  "src/{kernels/twins/every-tanh,plot/every-figure,autograd/flat-memory}.test.ts",
  "course/build/{edition,release}.test.ts",
  "lab/browser/**/*.test.ts",
  "lab/server/kernels/installed-kernel.test.ts",
];
/** These run in the strongest sandbox here; `npm run test:slow` runs them again in the weaker ones. */
export const inEachLayer = [
  "autograder/{judge/process-student,sandbox/layers}.test.ts",
  "cli/grading/{grade-tp2,carry-forward}.test.ts",
];
/** Programs and a busy machine can meet badly once; what then passes is named above the closing line. */
export const retry = 1;
const never = ["**/node_modules/**", "**/dist/**", ...slow];
const shared = { isolate: false, setupFiles: ["./test/fresh-modules.ts"] };

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
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Limits end what hangs, on a machine however busy; they measure nothing.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Projects start in the order of their names: the long files first, then short ones that fill what is left.
    projects: [
      { extends: true, test: { name: "apart", include: apart, exclude: never, retry } },
      {
        extends: true,
        test: { ...shared, name: "programs", include: [programs], exclude: [...never, ...apart], retry },
      },
      {
        extends: true,
        test: { ...shared, name: "together", include: ["**/*.test.ts"], exclude: [...never, ...apart, programs] },
      },
    ],
  },
});
