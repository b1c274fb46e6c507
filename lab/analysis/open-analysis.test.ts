import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenAnalysis, openAnalysis } from "./open-analysis.js";

const folder = mkdtempSync(join(tmpdir(), "analysis-"));
let analysis: OpenAnalysis;

/** From the sources, so that a stale `dist` is never what is tested. */
beforeAll(async () => {
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  await build({
    entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  analysis = openAnalysis(folder, pathToFileURL(join(folder, "worker.js")));
});
afterAll(async () => {
  await analysis.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const cells = [{ id: "one", source: "const x: string = 1;" }];

test("answers come from a thread, a bad request spoils none of the others, and a closed one opens again", async () => {
  const refused = analysis.analyse({ path: "../a.ipynb", cells });
  const answered = analysis.analyse({ path: "a.ipynb", cells });
  await expect(refused).rejects.toThrow("expected a notebook under the served folder");
  expect((await answered).cells[0]?.problems).toHaveLength(1);

  const pending = analysis.analyse({ path: "b.ipynb", cells });
  const lost = expect(pending).rejects.toThrow("the analysis was closed");
  await analysis.close();
  await lost;
  expect((await analysis.analyse({ path: "a.ipynb", cells: [] })).cells).toEqual([]);
}, 120_000);

test("a thread that does not start rejects what waits for it", async () => {
  const broken = openAnalysis(folder, pathToFileURL(join(folder, "absent.js")));
  await expect(broken.analyse({ path: "a.ipynb", cells })).rejects.toThrow(/^the analysis failed: .*absent\.js/);
}, 120_000);
