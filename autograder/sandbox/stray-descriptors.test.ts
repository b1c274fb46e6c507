import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "retroprop-strays-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that writes where it can. */
const program = `
  import { launch } from "./launch.mjs";
  const writes = 'for (const n of [50, 60]) try { require("fs").writeSync(n, "written by a submission") } catch {}';
  const what = { command: process.execPath, args: ["-e", writes], cwd: ${JSON.stringify(folder)} };
  const { ended } = await launch(what, { heapMb: 64, dataMb: 800, cpuSeconds: 9, outputBytes: 1e6 });
  console.log("ended", (await ended).exitCode);
`;

test.skipIf(process.platform !== "linux")(
  "what the shell left open to the grader is not open to a submission",
  async () => {
    const entryPoints = [fileURLToPath(new URL("./launch.ts", import.meta.url))];
    const outfile = join(folder, "launch.mjs");
    await build({ entryPoints, bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" });
    writeFileSync(join(folder, "main.mjs"), program);
    const log = join(folder, "log");
    const shell = `exec 50>>"${log}" 60>>"${log}"; echo "from the shell" >&60; exec "$0" main.mjs`;
    const said = execFileSync("bash", ["-c", shell, process.execPath], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("ended 0\n");
    expect(readFileSync(log, "utf8")).toBe("from the shell\n");
  },
);
