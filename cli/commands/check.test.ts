import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { courseRoot } from "../course-root.js";
import { makeSourceEdition } from "../grading/fixtures/source-edition.js";
import type { Terminal } from "../terminal.js";
import { createCheckCommand } from "./check.js";

const edition = makeSourceEdition();
const folder = mkdtempSync(join(tmpdir(), "retroprop-check-"));
afterAll(() => {
  edition.remove();
  rmSync(folder, { recursive: true });
});

const solution = join(courseRoot, "solutions", "tp1.ts");

describe("retroprop check", () => {
  it("passes on the solution, as a file and as a notebook", async () => {
    for (const file of [solution, join(courseRoot, "solutions", "tp1.ipynb")]) {
      const { code, text } = await run(["tp1", file]);
      expect(text).toMatch(/Tous les essais visibles passent/);
      expect(code).toBe(0);
    }
  }, 180_000);

  it("says of each untouched exercise that it is still to be written", async () => {
    const { code, text } = await run(["tp1", join(courseRoot, "exercises", "tp1.ts")]);
    expect(code).toBe(1);
    expect(text).toMatch(/✗ Softmax sans débordement : 0 sur/);
    expect(text).toMatch(/softmax.*pas encore complété/);
  }, 180_000);

  it("checks one exercise alone", async () => {
    const file = join(folder, "one.ts");
    writeFileSync(
      file,
      'import { exp, sum } from "retroprop";\nexport const softmax = (x) => exp(x).div(sum(exp(x)));\n',
    );
    const { code, text } = await run(["tp1.softmax", file]);
    expect(code).toBe(1);
    expect(text.match(/^[✓✗] .* : \d sur \d$/gm)).toHaveLength(1);
    expect(text).toMatch(/exponentielle déborde/);
  }, 180_000);

  it("gives its results as JSON too", async () => {
    const { text } = await run(["tp1.softmax", solution, "--json"]);
    expect(JSON.parse(text)).toMatchObject({ tp: "tp1", exercises: [{ id: "tp1.softmax" }] });
  }, 180_000);

  it("says why a file cannot be read", async () => {
    const file = join(folder, "broken.ts");
    writeFileSync(file, "export const softmax = (x => ;");
    const { code, text } = await run(["tp1", file]);
    expect(code).toBe(1);
    expect(text).toMatch(/erreur de syntaxe, broken\.ts, ligne 1/);
  }, 180_000);

  it.each([
    [[], "what to check?"],
    [["tp9"], "no TP `tp9`: there is tp1"],
    [["tp1.sofmax"], "no exercise `tp1.sofmax`: there are tp1.affine, "],
    [["tp1", "a.ts", "b.ts"], "one file at a time"],
    [["tp1", "nowhere.ts"], "nowhere.ts does not exist"],
    [["tp1", "--watch", "--json"], "do not go together"],
  ])("%j is refused with what to do instead", async (args, message) => {
    await expect(run(args)).rejects.toMatchObject({
      name: "CliError",
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

async function run(args: readonly string[]) {
  const lines: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => void lines.push(line),
    warn: (line) => void lines.push(line),
    style: (_format, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  return { code: await createCheckCommand(async () => edition).run(args, terminal), text: lines.join("\n") };
}
