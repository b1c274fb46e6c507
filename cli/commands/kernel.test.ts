import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CliError } from "../command.js";
import type { Terminal } from "../terminal.js";
import { kernel } from "./kernel.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-kernel-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function runHere(...args: string[]) {
  const printed: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => void printed.push(line),
    warn: (line) => void printed.push(line),
    style: (_, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  return { exitCode: await kernel.run(args, terminal), printed: printed.join("\n") };
}

test.each([
  [[], "expected install, uninstall or start, got nothing"],
  [["instal"], "expected install, uninstall or start, got instal"],
  [["install", "--user", "--prefix", "x"], "--user and --prefix name two places"],
  [["install", "--name", "../x"], "--name: expected letters"],
  [["install", "--all"], "Unknown option '--all'"],
  [["start"], "start wants --connection-file FILE"],
  [["start", "--connection-file", "/no/such/file"], "there is no file /no/such/file"],
])("%j is wrong usage, told in one line", async (args, message) => {
  const error = await runHere(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

test("installed in a prefix it names Node, its options and the connection file; uninstalled it is gone", async () => {
  const { exitCode, printed } = await runHere("install", "--prefix", folder);
  expect(exitCode).toBe(0);
  expect(printed).toContain(join(folder, "share", "jupyter", "kernels"));
  const spec = JSON.parse(readFileSync(join(folder, "share/jupyter/kernels/tslab/kernel.json"), "utf8"));
  expect(spec).toMatchObject({ display_name: "TypeScript", language: "typescript", interrupt_mode: "message" });
  expect(spec.argv[0]).toBe(process.execPath);
  expect(spec.argv).toContain("--no-force-async-hooks-checks");
  expect(spec.argv.slice(-2)).toEqual(["--connection-file", "{connection_file}"]);
  expect((await runHere("uninstall", "--prefix", folder)).printed).toMatch(/^kernel tslab removed from/);
  expect((await runHere("uninstall", "--prefix", folder)).printed).toMatch(/^there is no kernel tslab in/);
});

const jupyter = spawnSync("jupyter", ["kernelspec", "--version"], { encoding: "utf8" });
const hasJupyter = jupyter.status === 0;
if (!hasJupyter) console.warn("skipped: Jupyter lists our kernel (there is no `jupyter` on the PATH)");

test.skipIf(!hasJupyter)(
  "Jupyter itself lists it, and no longer once it is uninstalled",
  async () => {
    const list = () => {
      const { stdout } = spawnSync("jupyter", ["kernelspec", "list", "--json"], { encoding: "utf8" });
      return JSON.parse(stdout).kernelspecs["own-name"]?.spec;
    };
    vi.stubEnv("JUPYTER_DATA_DIR", join(folder, "data"));
    try {
      const { printed } = await runHere("install", "--name", "own-name");
      expect(printed).toContain("Found by Jupyter");
      expect(list()).toMatchObject({ display_name: "TypeScript", interrupt_mode: "message" });
      await runHere("uninstall", "--name", "own-name");
      expect(list()).toBeUndefined();
    } finally {
      vi.unstubAllEnvs();
    }
  },
  120_000,
);
