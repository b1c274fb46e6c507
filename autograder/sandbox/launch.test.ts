import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { isWindows } from "./fixtures/layers.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-launch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens files until there are no more, then starts a process. */
const program = (launch: string): string => `
  import { openSync } from "node:fs";
  import { launch } from ${JSON.stringify(launch)};
  try { for (;;) openSync(${JSON.stringify(launch)}, "r"); } catch {}
  const what = { command: process.execPath, args: ["-e", "0"], cwd: ${JSON.stringify(folder)} };
  launch(what, { heapMb: 64, dataMb: 800, cpuSeconds: 9, outputBytes: 1e6 }).then(
    ({ ended }) => ended.then((end) => console.log("ended", end.exitCode)),
    ({ code }) => console.log("refused", code),
  );
`;

test.skipIf(isWindows)("a machine without a descriptor left is told of, and stays up", async () => {
  const launch = join(folder, "launch.mjs");
  const entryPoints = [fileURLToPath(new URL("./launch.ts", import.meta.url))];
  await build({ entryPoints, bundle: true, platform: "node", format: "esm", outfile: launch, logLevel: "error" });
  writeFileSync(join(folder, "main.mjs"), program(launch));
  const limited = ["-c", 'ulimit -n 64; exec "$@"', "sh", process.execPath, join(folder, "main.mjs")];
  expect(execFileSync("/bin/sh", limited, { encoding: "utf8" })).toBe("refused EMFILE\n");
});
