import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("assembly/build.mjs", import.meta.url));
const build = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

test("compiled.ts is what the sources in assembly/ give, in at most 24 KB", { timeout: 120_000 }, () => {
  const { stdout, stderr, status } = build("--check");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(Number(/^kernels: (\d+) bytes/.exec(stdout)?.[1])).toBeLessThanOrEqual(24 * 1024);
});

test("the build explains itself, and refuses what it does not know", () => {
  expect(build("--help").stdout).toMatch(/^Usage: node src\/kernels\/assembly\/build.mjs/);
  expect(build("--chek")).toMatchObject({ status: 1, stderr: expect.stringMatching(/^unknown argument --chek/) });
});
