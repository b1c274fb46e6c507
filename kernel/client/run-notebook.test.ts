// On the real tslab kernel: one start for each test, side by side.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Kernel } from "./kernel.js";
import { type CodeCell, type Notebook, serializeNotebook } from "./notebook.js";
import { type RunOptions, type RunProgress, runNotebook } from "./run-notebook.js";
import { startTslabKernel } from "./tslab-kernel.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-run-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const codeCell = (source: string, index: number): CodeCell => ({
  cell_type: "code",
  id: `c${index}`,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});
const notebookOf = (...sources: string[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { title: "kept" },
  cells: sources.map(codeCell),
});
const outputsOf = (notebook: Notebook) => notebook.cells.map((cell) => ("outputs" in cell ? cell.outputs : []));
const stdout = (text: string) => ({ output_type: "stream", name: "stdout", text });

async function runOnTslab(notebook: Notebook, options: Partial<RunOptions> = {}) {
  const kernel = await startTslabKernel({ folder });
  const result = await runNotebook(notebook, kernel, { timeoutMs: 100_000, ...options });
  return { ...result, kernel };
}

function expectEnded({ pid }: Kernel): void {
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
}

const sampler = notebookOf(
  "const a: number = 20;",
  "a + 1",
  "function f(): never { throw new RangeError('boum') }\nconsole.error('before');\nf()",
  "console.log('after the error', a)",
  "import * as tslab from 'tslab';\nconst d = tslab.newDisplay();\nd.text('0 %');\nawait new Promise((r) => setTimeout(r, 20));\nd.text('line\\n100 %');",
  "const s: number = 'x';",
  "   ",
  "console.log(process.cwd() === require('fs').realpathSync('.'), process.env['NO_COLOR'])",
);

test.concurrent("goes on after errors when allowed; outputs are the same bytes each time; the kernel ends", async () => {
  const progress: RunProgress[] = [];
  const options = { allowErrors: true, onProgress: (step: RunProgress) => void progress.push(step) };
  const first = await runOnTslab(sampler, options);
  expect(outputsOf(first.notebook)).toEqual([
    [],
    [stdout("21\n")],
    [
      { output_type: "stream", name: "stderr", text: "before\n" },
      expect.objectContaining({ output_type: "error", ename: "RangeError", evalue: "boum" }),
    ],
    [stdout("after the error 20\n")],
    [{ output_type: "display_data", data: { "text/plain": "line\n100 %" }, metadata: {} }],
    [expect.objectContaining({ output_type: "error", ename: "TypeScriptError" })],
    [],
    [stdout("true 1\n")],
  ]);
  expect(first.notebook.cells.map((cell) => "outputs" in cell && cell.execution_count)).toEqual([
    1,
    2,
    3,
    4,
    5,
    6,
    null,
    7,
  ]);
  expect(first.summary).toMatchObject({ cells: 7, notRun: 0, why: undefined });
  expect(first.summary.failed.map(({ position, id }) => [position, id])).toEqual([
    [3, "c2"],
    [6, "c5"],
  ]);
  expect(first.notebook.metadata).toMatchObject({
    title: "kept",
    kernelspec: { name: "tslab", language: "typescript" },
  });
  expect(progress.filter(({ note }) => note === undefined).map(({ cell }) => cell)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(progress).toContainEqual({ cell: 5, of: 7, title: "import * as tslab from 'tslab';", note: "100 %" });
  expectEnded(first.kernel);
  expect(sampler.cells.every((cell) => "outputs" in cell && cell.outputs.length === 0)).toBe(true);

  const second = await runOnTslab(first.notebook, { allowErrors: true });
  expect(serializeNotebook(second.notebook)).toBe(serializeNotebook(first.notebook));
}, 120_000);

test.concurrent("stops at the first error unless told otherwise", async () => {
  const { notebook, summary } = await runOnTslab(notebookOf("throw new Error('stop')", "console.log('never')"));
  expect(summary).toMatchObject({ cells: 1, notRun: 1, why: "error" });
  expect(outputsOf(notebook)[1]).toEqual([]);
  expect(notebook.cells[1]).toMatchObject({ execution_count: null });
}, 120_000);

test.concurrent.each([
  ["a loop that never yields", "console.log('in');\nfor (;;);"],
  ["a loop of microtasks, which hears no interrupt", "console.log('in');\nwhile (true) await 1;"],
])(
  "%s ends at its time limit, with what it had printed, and the rest is not run",
  async (_, source) => {
    const { notebook, summary, kernel } = await runOnTslab(notebookOf(source, "1"), {
      timeoutMs: 700,
      allowErrors: true,
    });
    expect(summary).toMatchObject({ cells: 1, notRun: 1, why: "time limit" });
    const errors = outputsOf(notebook)[0]?.filter(({ output_type }) => output_type === "error");
    expect(errors).toEqual([
      expect.objectContaining({ ename: "TimeLimit", evalue: expect.stringMatching(/0\.7 s.*--timeout 7/) }),
    ]);
    expectEnded(kernel);
  },
  120_000,
);

test.concurrent("a kernel that dies is an error of its cell, with its exit code and last words, and the rest is not run", async () => {
  const source = "require('fs').writeSync(2, 'last words\\n');\nprocess.exit(3)";
  const { notebook, summary, kernel } = await runOnTslab(notebookOf("1", source, "2"), { allowErrors: true });
  expect(summary).toMatchObject({ cells: 2, notRun: 1, why: "kernel died" });
  expect(outputsOf(notebook)[1]).toEqual([
    {
      output_type: "error",
      ename: "KernelDied",
      evalue: "the kernel ended with exit code 3: does the cell call process.exit?",
      traceback: ["KernelDied: the kernel ended with exit code 3: does the cell call process.exit?", "last words"],
    },
  ]);
  expectEnded(kernel);
}, 120_000);

test.concurrent("a run that stops at its last cell says why as well", async () => {
  const { summary } = await runOnTslab(notebookOf("process.exit(3)"), { allowErrors: true });
  expect(summary).toMatchObject({ cells: 1, notRun: 0, why: "kernel died" });
}, 120_000);

test.concurrent("what is thrown where nobody awaits it, during the cell, is an error of the cell", async () => {
  const source =
    "Promise.reject(new TypeError('late'));\nawait new Promise((r) => setTimeout(r, 100));\nconsole.log('done');";
  const { notebook, summary } = await runOnTslab(notebookOf(source, "'next'"), { allowErrors: true });
  expect(summary.failed).toHaveLength(1);
  expect(outputsOf(notebook)).toEqual([
    [
      stdout("done\n"),
      expect.objectContaining({ output_type: "error", evalue: expect.stringContaining("TypeError: late") }),
    ],
    [stdout("next\n")],
  ]);
}, 120_000);

test.concurrent("an abort kills the kernel and what it started, and is what the run rejects with", async () => {
  const stop = new AbortController();
  const kernel = await startTslabKernel({ folder });
  let child = 0;
  const source =
    "import * as tslab from 'tslab';\nimport { spawn } from 'child_process';\ntslab.display.text(String(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid));\nfor (;;);";
  const onProgress = ({ note }: RunProgress) => {
    if (note === undefined) return;
    child = Number(note);
    stop.abort();
  };
  await expect(
    runNotebook(notebookOf(source), kernel, { timeoutMs: 100_000, signal: stop.signal, onProgress }),
  ).rejects.toThrow(/abort/i);
  expectEnded(kernel);
  expect(child).toBeGreaterThan(0);
  // Its new parent has to bury it first.
  await vi.waitFor(() => expect(() => process.kill(child, 0)).toThrow("ESRCH"), 20_000);
}, 120_000);

test.concurrent("a cell that prints more than tslab can carry still ends, and says that output was lost", async () => {
  const { notebook, summary } = await runOnTslab(
    notebookOf("for (let i = 0; i < 2000; i++) console.log(i);", "'next'"),
  );
  expect(summary).toMatchObject({ cells: 2, failed: [], notRun: 0 });
  expect(outputsOf(notebook)[0]?.at(-1)).toMatchObject({
    name: "stderr",
    text: expect.stringContaining("lost the rest"),
  });
  expect(outputsOf(notebook)[1]).toEqual([stdout("next\n")]);
}, 120_000);
