import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { importFaults, importsOf, impurities, readImportTable, type SourceFile } from "./architecture.js";

const root = new URL("..", import.meta.url);
const folders = ["src", "kernel", "course", "cli", "bench", "lab", "autograder"];
const files = folders.flatMap(sourceFilesUnder);

describe("the tree keeps to the table of ARCHITECTURE.md", () => {
  const rows = readImportTable(readFileSync(new URL("ARCHITECTURE.md", root), "utf8"));

  test("every import is allowed", () => {
    expect(importFaults(rows, files)).toEqual([]);
  });

  test("every folder of the table exists", () => {
    const missing = rows.filter(
      ({ folder }) => !existsSync(new URL(folder, root)) && !existsSync(new URL(`${folder}.ts`, root)),
    );
    expect(missing.map(({ folder }) => folder)).toEqual([]);
  });

  test("the files were found", () => {
    expect(files.length).toBeGreaterThan(60);
    const some = files.slice(0, 100);
    expect(some.flatMap(({ path, text }) => importsOf(path, text)).length).toBeGreaterThan(100);
  });
});

const library = files.filter(({ path }) => path.startsWith("src/"));

test("the library touches neither console, clock, process nor unseeded randomness", () => {
  const faults = library.flatMap(impurities);
  // Drawings are paced by the clock, and an epoch's record says how long it took: no other number depends on it.
  const readsClock = (fault: string) => /^src\/(notebook\/|train\/stopwatch\.ts).*not use performance$/.test(fault);
  expect(faults.filter((fault) => !readsClock(fault))).toEqual([]);
});

test("only src/datasets touches files", () => {
  const touching = library.filter(({ path, text }) =>
    importsOf(path, text).some(({ specifier }) => /^(node:)?fs(\/|$)/.test(specifier)),
  );
  expect(touching.map(({ path }) => path).filter((path) => !path.startsWith("src/datasets/"))).toEqual([]);
});

const table = `
# A house

| folder | may import |
| --- | --- |
| \`src/nd\` | nothing |
| \`src/functions\` | \`src/nd\` |
| \`src/train\` | all above, \`src/datasets\` (types) |
| \`src/datasets\` | \`src/nd\` |
| \`kernel/*\`, \`lab/*\` | never \`src\`, never \`autograder\` |
| \`course/build\` | \`course/manifest.ts\` |
| \`cli\` | anything; nothing imports \`cli\` |

| not | read |
| --- | --- |
| \`other\` | \`src\` |
`;

describe("the check of imports", () => {
  const rows = readImportTable(table);
  const faults = (path: string, text: string) => importFaults(rows, [{ path, text }]);

  test("reads the table", () => {
    expect(rows.map(({ folder }) => folder)).toEqual([
      "src/nd",
      "src/functions",
      "src/train",
      "src/datasets",
      "kernel",
      "lab",
      "course/build",
      "cli",
    ]);
    expect(rows[2]!.allowed).toEqual([
      { folder: "src/nd", typesOnly: false },
      { folder: "src/functions", typesOnly: false },
      { folder: "src/datasets", typesOnly: true },
    ]);
    expect(() => readImportTable("# No table")).toThrow("no table « folder | may import »");
  });

  test.each([
    ["src/functions/nll.ts", 'import { exp } from "../nd/math.js";'],
    ["src/functions/nll.ts", 'import { softmax } from "./softmax.js";\nimport fc from "fast-check";'],
    [
      "src/train/linear.ts",
      'import { exp } from "../nd/math.js";\nimport type { Dataset } from "../datasets/dataset.js";',
    ],
    ["src/train/linear.ts", 'import { type Dataset } from "../datasets/dataset.js";'],
    ["src/index.ts", 'export * from "./nd/math.js";'],
    ["course/manifest.ts", 'import { build } from "./build/build.js";'],
    ["kernel/client/html/page.ts", 'import { escape } from "../../protocol/escape.js";'],
    ["course/build/lesson.ts", 'import { manifest } from "../manifest.js";'],
    ["cli/commands/run.ts", 'import { run } from "../../kernel/client/run.js";\nimport { main } from "../main.js";'],
    ["cli/main.ts", 'import { array } from "retroprop";'],
  ])("lets %s say %s", (path, text) => {
    expect(faults(path, text)).toEqual([]);
  });

  test.each([
    [
      "src/nd/math.ts",
      '\nimport { nll } from "../functions/nll.js";',
      "src/nd/math.ts:2: `src/nd` may not import src/functions/nll",
    ],
    [
      "src/nd/math.ts",
      'import type { X } from "../functions/nll.js";',
      "`src/nd` may not import the types of src/functions/nll",
    ],
    ["src/nd/math.ts", 'type X = import("../functions/nll.js").X;', "may not import the types of src/functions/nll"],
    ["src/nd/math.ts", 'export * from "../functions/nll.js";', "may not import src/functions/nll"],
    ["src/nd/math.ts", 'const m = await import("../functions/nll.js");', "may not import src/functions/nll"],
    ["src/nd/math.ts", 'require("../functions/nll.js");', "may not import src/functions/nll"],
    ["src/nd/math.ts", 'import "../functions/nll.js";', "may not import src/functions/nll"],
    ["src/nd/math.ts", 'import { all } from "../index.js";', "may not import src/index"],
    [
      "src/train/linear.ts",
      'import { load } from "../datasets/mnist.js";',
      "`src/train` may not import src/datasets/mnist",
    ],
    [
      "src/train/linear.ts",
      'import { type A, load } from "../datasets/mnist.js";',
      "may not import src/datasets/mnist",
    ],
    ["src/ndx/math.ts", "", "src/ndx/math.ts: the table of ARCHITECTURE.md has no row for its folder"],
    ["bench/main.ts", "", "bench/main.ts: the table of ARCHITECTURE.md has no row"],
    ["kernel/client/run.ts", 'import { array } from "../../src/index.js";', "`kernel` may not import src/index"],
    ["kernel/client/run.ts", 'import type { NdArray } from "retroprop";', "may not import the types of src/index"],
    ["kernel/client/run.ts", 'import { argv } from "../../cli/main.js";', "`kernel` may not import cli/main"],
    ["course/build/lesson.ts", 'import { x } from "../tp1/x.js";', "`course/build` may not import course/tp1/x"],
    ["src/index.ts", 'import { x } from "../cli/main.js";', "`src` may not import cli/main"],
  ])("catches that %s says %s", (path, text, fault) => {
    expect(faults(path, text)).toEqual([expect.stringContaining(fault)]);
  });
});

describe("the check of impurities", () => {
  const of = (text: string) => impurities({ path: "src/a.ts", text });

  test.each([
    "console.log(1)",
    "globalThis.console.log(1)",
    "const log = console",
    "process.exit(1)",
    "Math.random()",
    "globalThis.Math.random()",
    "Date.now()",
    "new Date()",
    "performance.now()",
    "const { log } = console",
  ])("catches %s", (text) => {
    expect(of(`\n${text};`)).toEqual([expect.stringContaining("src/a.ts:2: the library may not use ")]);
  });

  test("leaves comments, strings, other members and given dates alone", () => {
    expect(
      of(
        '// console.log\n"Math.random()"; const x = { console: 1, performance: 2 }; x.performance; random.next(); new Date(0);',
      ),
    ).toEqual([]);
  });
});

/** Hand-written TypeScript under a folder: no tests, no compiled files, no fixtures. */
function sourceFilesUnder(folder: string): SourceFile[] {
  const url = new URL(`${folder}/`, root);
  if (!existsSync(url)) return [];
  return readdirSync(fileURLToPath(url), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !/\.(test|d)\.ts$|\/(dist|fixtures|node_modules)\//.test(path))
    .map((path) => ({ path, text: readFileSync(new URL(path, root), "utf8") }));
}
