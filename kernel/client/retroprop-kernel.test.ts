// On the real kernel, built from its sources: one start for most tests, side by side.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildKernel } from "../fixtures/built-kernel.js";
import type { OutputMessage } from "../messages.js";
import type { Kernel } from "./kernel.js";
import { type CodeCell, type Notebook, serializeNotebook } from "./notebook.js";
import { startKernel } from "./retroprop-kernel.js";
import { type RunOptions, runNotebook } from "./run-notebook.js";

const built = await buildKernel();
const folder = mkdtempSync(join(tmpdir(), "retroprop-own-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  built.remove();
});

const start = (memoryLimitMb?: number) =>
  startKernel({ folder, ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }) }, built.main);

const codeCell = (source: string, index: number): CodeCell => ({
  cell_type: "code",
  id: `c${index}`,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});
const notebookOf = (...sources: string[]): Notebook => {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: sources.map(codeCell) };
};
const outputsOf = (notebook: Notebook) => notebook.cells.map((cell) => ("outputs" in cell ? cell.outputs : []));
const countsOf = (notebook: Notebook) => notebook.cells.map((cell) => "outputs" in cell && cell.execution_count);
const stdout = (text: string) => ({ output_type: "stream", name: "stdout", text });
const error = (ename: string, evalue: unknown) => expect.objectContaining({ output_type: "error", ename, evalue });

async function run(notebook: Notebook, options: Partial<RunOptions> = {}, memoryLimitMb?: number) {
  const kernel = await start(memoryLimitMb);
  return { ...(await runNotebook(notebook, kernel, { timeoutMs: 100_000, ...options })), kernel };
}

function expectEnded({ pid }: Kernel): void {
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
}

test.concurrent("results, errors and counts are the kernel's own; outputs are the same bytes each time; it ends", async () => {
  const sampler = notebookOf(
    "const a: number = 20;\na + 1",
    "throw new RangeError('boum')",
    "",
    "import * as tslab from 'tslab';\nconst d = tslab.newDisplay();\nd.text('0 %'); d.text('100 %');",
    "setTimeout(() => console.log('late'), 20);\nconst s: number = 'x';",
    "await new Promise((wake) => setTimeout(wake, 50));\nconsole.log(a)",
  );
  const first = await run(sampler, { allowErrors: true });
  expect(outputsOf(first.notebook)).toEqual([
    [{ output_type: "execute_result", execution_count: 1, data: { "text/plain": "21" }, metadata: {} }],
    [error("RangeError", "boum")],
    [],
    [{ output_type: "display_data", data: { "text/plain": "100 %" }, metadata: {} }],
    [error("TypeScriptError", expect.stringMatching(/^line 2, column 7: TS2322/))],
    [stdout("20\n")],
  ]);
  expect(countsOf(first.notebook)).toEqual([1, 2, null, 3, 4, 5]);
  expect(first.summary).toMatchObject({ cells: 5, notRun: 0, why: undefined });
  expect(first.summary.times.map(({ position }) => position)).toEqual([1, 2, 4, 5, 6]);
  expect(first.summary.times[4]?.milliseconds).toBeGreaterThan(45);
  expect(first.notebook.metadata).toMatchObject({ language_info: { name: "typescript", file_extension: ".ts" } });
  expectEnded(first.kernel);

  const second = await run(first.notebook, { allowErrors: true });
  expect(serializeNotebook(second.notebook)).toBe(serializeNotebook(first.notebook));
}, 120_000);

// Not beside others: its limit is for each cell, and a kernel that shares the processor with five takes long for any.
test("a cell at its time limit ends alone when errors are allowed, and ends the run when they are not", async () => {
  const notebook = notebookOf("const kept = 1;", "console.log('in');\nwhile (true) await 1;", "console.log(kept)");
  const allowed = await run(notebook, { timeoutMs: 2500, allowErrors: true });
  const limit = error("TimeLimit", expect.stringMatching(/2\.5 s.*--timeout 25/));
  expect(outputsOf(allowed.notebook)).toEqual([[], [stdout("in\n"), limit], [stdout("1\n")]]);
  expect(allowed.summary).toMatchObject({ cells: 3, notRun: 0, why: undefined });
  expect(allowed.summary.failed.map(({ position }) => position)).toEqual([2]);

  const strict = await run(notebookOf("for (;;);", "1"), { timeoutMs: 700 });
  expect(strict.summary).toMatchObject({ cells: 1, notRun: 1, why: "time limit" });
  expectEnded(strict.kernel);
}, 120_000);

test.concurrent("the process's end is told once, on its cell, and the rest is not run", async () => {
  const { notebook, summary, kernel } = await run(notebookOf("1", "process.exit(3)", "2"), { allowErrors: true });
  expect(summary).toMatchObject({ cells: 2, notRun: 1, why: "kernel died" });
  expect(outputsOf(notebook)[1]).toEqual([error("ProcessExit", expect.stringContaining("process.exit(3)"))]);
  expectEnded(kernel);
}, 120_000);

/** Windows knows no signals: what is killed ends with a code. */
const killed = process.platform === "win32" ? "exit code 1" : "on signal SIGKILL";

test.concurrent.each([
  ["process.kill(process.pid, 'SIGKILL');\nfor (;;);", killed],
  ["const hoard: number[][] = [];\nfor (;;) hoard.push(new Array(1e6).fill(hoard.length));", "out of memory"],
])(
  "a death that the kernel cannot tell of is told by its cause: %s",
  async (source, cause) => {
    const { notebook, summary } = await run(notebookOf("console.log('before')", source), {}, 300);
    expect(summary).toMatchObject({ cells: 2, why: "kernel died" });
    expect(outputsOf(notebook)).toEqual([[stdout("before\n")], [error("KernelDied", expect.stringContaining(cause))]]);
  },
  120_000,
);

test.concurrent("what is thrown after a cell's end is an error of that cell, and the run has failed", async () => {
  const late = "const timer = setTimeout(() => { throw new RangeError('late') }, 20);";
  const { notebook, summary } = await run(notebookOf(late, "await new Promise((wake) => setTimeout(wake, 100));"));
  expect(outputsOf(notebook)).toEqual([[error("RangeError", "late")], []]);
  expect(summary).toMatchObject({ cells: 2, notRun: 0, why: undefined });
  expect(summary.failed.map(({ position }) => position)).toEqual([1]);
}, 120_000);

test.concurrent("a question is answered where somebody answers, and is an error of the cell where nobody does", async () => {
  const kernel = await start();
  const heard: OutputMessage[] = [];
  const onOutput = (output: OutputMessage) => void heard.push(output);
  const code = "console.log('hello', prompt('Who?'))";
  const onInput = async ({ prompt }: { readonly prompt: string }) => `${prompt} Ada`;
  expect(await kernel.execute(code, { onOutput, onInput })).toBe("ok");
  expect(await kernel.execute(code, { onOutput })).toBe("error");
  await kernel.shutdown();
  expect(heard).toEqual([
    { type: "stream", name: "stdout", text: "hello Who? Ada\n" },
    expect.objectContaining({ type: "error" }),
  ]);
}, 120_000);

test.concurrent("an abort kills the kernel, in a loop even, and is what the run rejects with", async () => {
  const stop = new AbortController();
  const kernel = await start();
  setTimeout(() => stop.abort(new Error("given up")), 300);
  const running = runNotebook(notebookOf("for (;;);"), kernel, { timeoutMs: 100_000, signal: stop.signal });
  await expect(running).rejects.toThrow("given up");
  expectEnded(kernel);
}, 120_000);

test.concurrent("a start that is given up, or cannot be, is an error and not a wait", async () => {
  const stop = new AbortController();
  const started = startKernel({ folder, signal: stop.signal }, built.main);
  stop.abort(new Error("given up"));
  await expect(started).rejects.toThrow("given up");
  await expect(startKernel({ folder: "/no/such/folder" }, built.main)).rejects.toThrow(
    /the kernel could not be started \(spawn .* ENOENT\)/,
  );
  await expect(startKernel({ folder }, join(folder, "no-such-program.js"))).rejects.toThrow(
    /could not be started.*npm ci/s,
  );
}, 120_000);
