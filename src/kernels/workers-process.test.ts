// Workers and the process they belong to: whole programs, in a folder whose name has spaces and accents.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "réseau à deux couches "));
const library = ["kernels/workers.js", "kernels/backend.js", "kernels/gemm.js", "kernels/heap.js"];

/** Ends what hangs; a program here takes half a second where nothing else runs. */
const limitMs = 60_000;
vi.setConfig({ testTimeout: 3 * limitMs }); // some tests run two

beforeAll(() => {
  for (const format of ["esm", "cjs"] as const) {
    buildSync({
      stdin: {
        contents: library.map((file) => `export * from "./src/${file}";`).join("\n"),
        resolveDir: fileURLToPath(new URL("../..", import.meta.url)),
      },
      bundle: true,
      platform: "node",
      format,
      outfile: join(folder, format === "esm" ? "library.mjs" : "library.cjs"),
    });
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const names = "{ setWorkers, currentWorkers, openHeap, take, gemm }";

/** `compute()` multiplies matrices that are large enough for all threads. */
const computing = `
openHeap();
const { pointer } = take(3 * 256 * 256);
const at = (i) => ({ pointer: pointer + 4 * i * 256 * 256, rowStep: 256, columnStep: 1 });
const compute = () => gemm(256, 256, 256, 1, at(0), at(1), at(2), false);
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
`;

interface Launch {
  readonly flags?: readonly string[];
  readonly nodeOptions?: string;
  /** Whether it is a script that requires the library, or an ES module. */
  readonly isScript?: boolean;
}

/** Runs a program; one that does not end is killed, and has no status. */
function run(program: string, { flags = [], nodeOptions = "", isScript = false }: Launch = {}) {
  const file = join(folder, isScript ? "programme.cjs" : "programme.mjs");
  const first = isScript ? `const ${names} = require("./library.cjs");` : `import ${names} from "./library.mjs";`;
  writeFileSync(file, `${first}\n${computing}\n${program}`);
  const env = { ...process.env, NODE_OPTIONS: nodeOptions };
  const options = { encoding: "utf8", timeout: limitMs, killSignal: "SIGKILL", env } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], options);
  return { status, stdout, stderr };
}

test.each([
  ["has only just set its workers", "setWorkers(2);"],
  ["has computed without a break", "setWorkers(3); for (let i = 0; i < 200; i++) compute();"],
  ["has let its workers fall asleep", "setWorkers(2); await wait(200); compute(); await wait(50);"],
  ["has ended its workers", "setWorkers(2); compute(); setWorkers(1);"],
])("a program ends by itself that %s", (_, program) => {
  expect(run(program)).toEqual({ status: 0, stdout: "", stderr: "" });
});

test.each([
  ["at once", "setWorkers(3); process.exit(7);"],
  ["after work", "setWorkers(3); await wait(200); compute(); process.exit(7);"],
])("process.exit ends workers %s", (_, program) => {
  expect(run(program)).toEqual({ status: 7, stdout: "", stderr: "" });
});

test("an uncaught exception ends workers", () => {
  const { status, stderr } = run("setWorkers(3); await wait(200); compute(); throw new Error('à la fin');");
  expect(status).toBe(1);
  expect(stderr).toContain("Error: à la fin");
});

test("a script that requires the library has workers too", () => {
  const program = "setWorkers(2); for (let i = 0; i < 200; i++) compute(); console.log(currentWorkers());";
  expect(run(program, { isScript: true })).toEqual({ status: 0, stdout: "2\n", stderr: "" });
});

test("what a program has Node load before it is not loaded by workers", () => {
  const preloaded = join(folder, "preloaded.cjs");
  writeFileSync(preloaded, 'require("node:fs").writeSync(1, "loaded ");');
  const program = "setWorkers(3); await wait(300); console.log(currentWorkers());";
  const onceLoaded = { status: 0, stdout: "loaded 3\n", stderr: "" };
  expect(run(program, { flags: ["--require", preloaded] })).toEqual(onceLoaded);
  const quoted = JSON.stringify(preloaded.replaceAll("\\", "/"));
  expect(run(program, { nodeOptions: `--require ${quoted}` })).toEqual(onceLoaded);
});

test("where threads are forbidden a warning says so, once, and the program computes", () => {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  const program = "setWorkers(4); compute(); await wait(10); console.log(currentWorkers());";
  const { status, stdout, stderr } = run(program, { flags: [permission, "--allow-fs-read=*"] });
  expect([status, stdout]).toEqual([0, "1\n"]);
  expect(stderr.match(/RETROPROP_NO_WORKERS/g)).toHaveLength(1);
  expect(stderr).toMatch(
    /setWorkers: no other thread computes from now on, results are the same: Error: Access to this API/,
  );
});
