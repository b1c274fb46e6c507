import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startKernel } from "../../kernel/client/retroprop-kernel.js";
import { startTslabKernel } from "../../kernel/client/tslab-kernel.js";
import { buildKernel } from "../../kernel/fixtures/built-kernel.js";
import { CliError } from "../command.js";
import { courseRoot } from "../course-root.js";
import type { Terminal } from "../terminal.js";
import { runOn } from "./run.js";

// Our kernel as its sources are, not as they were built.
const built = await buildKernel();
const run = runOn({ retroprop: (options) => startKernel(options, built.main), tslab: startTslabKernel });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-cli-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  built.remove();
});

interface SketchedCell {
  readonly source: string;
  readonly tags?: readonly string[];
}

function writeNotebook(name: string, ...cells: readonly SketchedCell[]): string {
  const path = join(folder, name);
  const full = cells.map(({ source, tags = [] }, index) => {
    return { cell_type: "code", id: `c${index}`, metadata: { tags }, source, outputs: [], execution_count: null };
  });
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: full }));
  return path;
}

async function runHere(...args: string[]) {
  const printed: string[] = [];
  const warned: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => void printed.push(line),
    warn: (line) => void warned.push(line),
    style: (_, text) => text,
    progress: () => ({ update: (_, note = "") => void notes.push(note), end() {} }),
  };
  const exitCode = await run.run(args, terminal);
  return { exitCode, printed: printed.join("\n"), warned, notes };
}

async function complaintOf(...args: string[]): Promise<string> {
  const error = await runHere(...args).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CliError);
  const { exitCode, message } = error as CliError;
  expect(exitCode).toBe(2);
  expect(message).not.toContain("\n");
  return message;
}

describe("what cannot be run is said in one line, before any kernel starts", () => {
  test.each([
    [[], "which notebook?"],
    [["a.ipynb", "b.ipynb"], "one notebook at a time"],
    [["exercises/tp1.ts"], "is code, not a notebook: `npx ts-node exercises/tp1.ts` runs it"],
    [["a.ipynb", "--fast"], "Unknown option '--fast'"],
    [["a.ipynb", "--timeout", "0"], '--timeout: expected a number of seconds above 0 and up to 2147483, got "0"'],
    [["a.ipynb", "--timeout", "soon"], '--timeout: expected a number of seconds above 0 and up to 2147483, got "soon"'],
    [["a.ipynb", "--timeout", "1e9"], "--timeout: expected a number of seconds above 0"],
    [["a.ipynb", "--out", "x", "--html", "./x"], "--out and --html both name x"],
    [["a.ipynb", "--kernel", "python3"], '--kernel: expected retroprop or tslab, got "python3"'],
    [["/no/such.ipynb"], "/no/such.ipynb: there is no such file"],
    [[courseRoot], "it is a folder"],
  ])("%j", async (args, message) => {
    expect(await complaintOf(...args)).toContain(message);
  });

  test("a truncated notebook is named with the place", async () => {
    const path = join(folder, "cut.ipynb");
    writeFileSync(path, '{\n "cells": [');
    expect(await complaintOf(path)).toBe(
      `${path}: the file is cut short (its JSON stops at line 2, character 12); take it again from where it came`,
    );
  });

  test("an output folder that cannot be is named, and nothing is made", async () => {
    const path = writeNotebook("fine.ipynb", { source: "1" });
    const complaint = await complaintOf(path, "--out", join(path, "deep", "out.ipynb"));
    expect(complaint).toContain(`${path} is a file, not a folder`);
    expect(await complaintOf(path, "--html", folder)).toContain("it is a folder");
  });
});

const kernelNames = ["retroprop", "tslab"] as const;

test.each(kernelNames)(
  "on %s a run that goes well keeps both files, prints the tagged text and where things are, and leaves its input alone",
  async (kernel) => {
    const bar = "import * as tslab from 'tslab';\nconst d = tslab.newDisplay();\nd.text('1/2'); d.text('2/2');";
    const path = writeNotebook(
      "good.ipynb",
      { source: bar },
      { source: "console.log('Précision : 0,92')", tags: ["summary"] },
    );
    const input = readFileSync(path, "utf8");
    const kept = join(folder, kernel);
    const [out, html] = [join(kept, "good.ipynb"), join(kept, "good.html")];
    const files = ["--out", out, "--html", html];
    const { exitCode, printed, warned, notes } = await runHere(path, ...files, "--kernel", kernel);
    expect([exitCode, warned]).toEqual([0, []]);
    expect(printed).toMatch(/good\.ipynb: 2 cells in \d+\.\d s\nPrécision : 0,92\n/);
    expect(printed).toContain(out);
    expect(printed).toContain(html);
    expect(notes).toEqual(expect.arrayContaining(["[1/2] 2/2", "[2/2] console.log('Précision : 0,92')"]));
    expect(JSON.parse(readFileSync(out, "utf8")).cells[1].outputs[0].text).toEqual(["Précision : 0,92\n"]);
    expect(readFileSync(html, "utf8")).toContain("Précision : 0,92");
    expect(readdirSync(kept).sort()).toEqual(["good.html", "good.ipynb"]);
    expect(readFileSync(path, "utf8")).toBe(input);
  },
  120_000,
);

test.each(kernelNames)(
  "on %s a failing cell is told in a line, exits with 1, and what ran is kept; allowed errors exit with 0",
  async (kernel) => {
    const path = writeNotebook(
      "bad.ipynb",
      { source: "1" },
      { source: "throw new RangeError('boum\\nplus')" },
      { source: "2" },
    );
    const out = join(folder, "bad-out.ipynb");
    const stopped = await runHere(path, "--out", out, "--kernel", kernel);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.warned[0]).toBe("cell 2 (c1): RangeError: boum");
    expect(stopped.printed).toMatch(/2 cells in .* s, 1 failed, 1 not run \(error\)/);
    expect(stopped.printed).toContain("Next: mend cell 2");
    expect(JSON.parse(readFileSync(out, "utf8")).cells[1].outputs[0].ename).toBe("RangeError");

    const allowed = await runHere(path, "--allow-errors", "--kernel", kernel);
    expect(allowed.exitCode).toBe(0);
    expect(allowed.printed).toMatch(/3 cells in .* s, 1 failed\n.*--out/);
  },
  120_000,
);

test("the slowest cells are told when asked for, and are nowhere in the notebook", async () => {
  const path = writeNotebook(
    "slow.ipynb",
    { source: "1" },
    { source: "await new Promise((wake) => setTimeout(wake, 300));" },
  );
  const out = join(folder, "slow-out.ipynb");
  const { printed } = await runHere(path, "--times", "--out", out);
  const lines = [...printed.matchAll(/^ +(\d+\.\d{3}) s {2}(cell \d) {3}(.*)$/gm)].map(([, ...parts]) => parts);
  const [[slowest = ""] = [], [fastest = ""] = []] = lines;
  expect(Number(slowest)).toBeGreaterThanOrEqual(Number(fastest));
  expect(Number(lines.find(([, cell]) => cell === "cell 2")?.[0])).toBeGreaterThan(0.29);
  expect(lines.map(([, ...cell]) => cell.join(" ")).sort()).toEqual([
    "cell 1 1",
    "cell 2 await new Promise((wake) => setTimeout(wake, 300));",
  ]);
  const bytes = readFileSync(out, "utf8");
  await runHere(out, "--out", out);
  expect(readFileSync(out, "utf8")).toBe(bytes);
}, 120_000);

test("a cell at its time limit is stopped alone: what it declared is there, and the next runs with --allow-errors", async () => {
  const path = writeNotebook(
    "endless.ipynb",
    { source: "const kept = 42;" },
    { source: "const seen = 1;\nfor (;;);" },
    { source: "console.log(kept, seen)" },
  );
  const out = join(folder, "endless-out.ipynb");
  const { exitCode, printed, warned } = await runHere(path, "--timeout", "2.5", "--allow-errors", "--out", out);
  expect(exitCode).toBe(0);
  expect(warned[0]).toMatch(/^cell 2 \(c1\): TimeLimit: the cell had not ended after 2\.5 s/);
  expect(printed).toMatch(/3 cells in .* s, 1 failed\n/);
  expect(JSON.parse(readFileSync(out, "utf8")).cells[2].outputs[0].text).toEqual(["42 1\n"]);
}, 120_000);

describe.skipIf(process.platform === "win32")("signals (skipped on Windows, which has none)", () => {
  let program = "";
  let programFolder = "";
  beforeAll(async () => {
    // Bundled from the sources, beside our node_modules, so that no stale build is tested.
    programFolder = mkdtempSync(join(courseRoot, "node_modules", ".retroprop-run-test-"));
    program = join(programFolder, "run.mjs");
    const contents = `
      import { runOn } from "./cli/commands/run.ts";
      import { createTerminal } from "./cli/terminal.ts";
      import { startKernel } from "./kernel/client/retroprop-kernel.ts";
      import { startTslabKernel } from "./kernel/client/tslab-kernel.ts";
      const kernels = {
        retroprop: (options) => startKernel(options, ${JSON.stringify(built.main)}),
        tslab: startTslabKernel,
      };
      process.exitCode = await runOn(kernels).run(process.argv.slice(2), createTerminal());`;
    await build({
      stdin: { contents, resolveDir: courseRoot, loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
  });
  afterAll(() => rmSync(programFolder, { recursive: true, force: true }));

  /** Starts a run that says its kernel's pid in a file and then never ends. */
  async function startEndless(kernelName: string): Promise<{
    child: ChildProcess;
    kernel: number;
    out: string;
    ended: Promise<number | null>;
  }> {
    const work = mkdtempSync(join(folder, "endless-"));
    const source = "import { writeFileSync } from 'fs';\nwriteFileSync('pid', String(process.pid));\nfor (;;);";
    const path = writeNotebook(join(work.slice(folder.length + 1), "endless.ipynb"), { source });
    const out = join(work, "out", "out.ipynb");
    const child = spawn(process.execPath, [program, path, "--out", out, "--kernel", kernelName], { stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const pidFile = join(work, "pid");
    await vi.waitFor(() => expect(readFileSync(pidFile, "utf8")).toMatch(/\d/), { timeout: 60_000, interval: 50 });
    return { child, kernel: Number(readFileSync(pidFile, "utf8")), out, ended };
  }

  const connectionFiles = (pid: number | undefined) =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`retroprop-kernel-${pid}-`));

  test.each([
    ["SIGINT", 130, "retroprop", 0],
    ["SIGTERM", 143, "retroprop", 0],
    ["SIGINT", 130, "tslab", 1],
  ] as const)(
    "%s exits with %i, writes nothing, leaves no process and no file on %s",
    async (signal, exitCode, kernelName, files) => {
      const { child, kernel, out, ended } = await startEndless(kernelName);
      expect(connectionFiles(child.pid)).toHaveLength(files);
      child.kill(signal);
      expect(await ended).toBe(exitCode);
      await vi.waitFor(() => expect(() => process.kill(kernel, 0)).toThrow("ESRCH"), 20_000);
      expect(connectionFiles(child.pid)).toEqual([]);
      expect(existsSync(join(out, ".."))).toBe(false);
    },
    120_000,
  );

  test.each(kernelNames)(
    "even when we are killed outright %s ends and its connection file goes",
    async (kernelName) => {
      const { child, kernel, ended } = await startEndless(kernelName);
      child.kill("SIGKILL");
      await ended;
      await vi.waitFor(() => {
        expect(() => process.kill(kernel, 0)).toThrow("ESRCH");
        expect(connectionFiles(child.pid)).toEqual([]);
      }, 20_000);
    },
    120_000,
  );
});
