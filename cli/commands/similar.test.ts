import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courseRoot } from "../course-root.js";
import type { Terminal } from "../terminal.js";
import { similar } from "./similar.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-similar-"));
const students = join(folder, "classe d'été");
const before = join(folder, "2024");
const out = join(folder, "out");
const variants = join(courseRoot, "autograder", "specs", "tp1", "variants");

beforeAll(() => {
  for (const path of [students, before]) mkdirSync(path);
  const copy = (name: string, ...to: string[]): void => cpSync(join(variants, `${name}.ts`), join(...to));
  copy("terse", students, "alice.ts");
  copy("array-formulas", students, "bob.ts");
  mkdirSync(join(students, "Émilie Noël_123_assignsubmission_file_"));
  const renamed = readFileSync(join(variants, "terse.ts"), "utf8").replaceAll("kept", "gardé").replaceAll("hot", "un");
  writeFileSync(join(students, "Émilie Noël_123_assignsubmission_file_", "tp1.ts"), renamed);
  writeFileSync(join(students, "grand.ts"), "x = 1;\n".repeat(150_000));
  writeFileSync(join(students, "notes.pdf"), "%PDF");
  copy("plain-loops", students, "zoé.ts");
  copy("plain-loops", before, "paul.ts");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; text: string; warnings: string }> {
  const lines: string[] = [];
  const warnings: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => lines.push(line),
    warn: (line) => warnings.push(line),
    style: (_, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  const code = await similar.run(args, terminal);
  return { code, text: lines.join("\n"), warnings: warnings.join("\n") };
}

describe("retroprop similar", () => {
  it("names the pair to be read, and says whom it could not compare", async () => {
    const { code, text, warnings } = await run("tp1", students, "--out", out);
    expect(code).toBe(0);
    expect(text).toMatch(/^4 submissions compared; 1 pairs to be read\.$/m);
    expect(text).toMatch(/rare, longest +\d+ {2}(?:alice \| Émilie Noël|Émilie Noël \| alice)$/m);
    expect(text).toContain("no mark depends on it");
    expect(warnings).toMatch(/^grand: not compared: .*Ko/m);
    expect(warnings).toMatch(/^notes\.pdf: not compared: /m);
    expect(existsSync(join(out, "pairs", "001.html"))).toBe(true);
  });

  it("compares with another year's, and replaces the earlier pages", async () => {
    const { text } = await run("tp1", students, "--out", out, "--against", before);
    expect(text).toMatch(/zoé \| paul$/m);
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain("autre année");
  });

  it("hides names, and leaves none of an earlier run", async () => {
    const { text } = await run("tp1", students, "--out", out, "--anonymous", "--json");
    expect(JSON.parse(text).pairs[0]).toMatchObject({ a: expect.stringMatching(/^Rendu \d$/), reading: "strong" });
    const pages = ["index.html", ...readdirSync(join(out, "pairs")).map((name) => `pairs/${name}`)];
    for (const page of pages) expect(readFileSync(join(out, page), "utf8")).not.toMatch(/alice|bob|Émilie|zoé|grand/);
    expect(Object.values(JSON.parse(readFileSync(join(out, "names.json"), "utf8")))).toContain("Émilie Noël");
    await run("tp1", students, "--out", out);
    expect(existsSync(join(out, "names.json"))).toBe(false);
  });

  it.each([
    [[], "which TP?"],
    [["tp9", students], "no TP `tp9`: there is tp1"],
    [["tp1"], "what to compare?"],
    [["tp1", join(folder, "nowhere")], "does not exist"],
    [["tp1", students], "where do the pages go? Add --out DIR"],
    [["tp1", students, "--out", join(students, "out")], "name a folder outside"],
    [["tp1", students, "--out", variants], "is not empty and holds no earlier pages"],
    [["tp1", students, "--out", join(before, "paul.ts")], "is a file: name a folder"],
    [["tp1", students, "--against", join(folder, "nowhere"), "--out", out], "does not exist"],
    [["tp1", students, "--fast"], "`retroprop similar --help` tells the options"],
  ])("%j is refused with what to do instead", async (args, message) => {
    await expect(run(...args)).rejects.toMatchObject({ name: "CliError", message: expect.stringContaining(message) });
  });
});
