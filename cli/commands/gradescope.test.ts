import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Terminal } from "../terminal.js";
import { gradescope } from "./gradescope.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-gradescope-"));
afterAll(() => rmSync(folder, { recursive: true }));

const zip = join(folder, "autograder.zip");
const bad = join(folder, "bad.json");
writeFileSync(bad, '{"adjustments":[{"student":"x"}]}');

it.each([
  [[], "which TP?"],
  [["tp1", "tp2", "--out", zip], "which TP?"],
  [["tp7", "--out", zip], "no TP `tp7` to grade: there is tp1"],
  [["tp1"], "where does the zip go? Add --out autograder.zip"],
  [["tp1", "--out", join(folder, "foo")], "name it"],
  [["tp1", "--out", folder], "it is a folder"],
  [["tp1", "--out", zip, "--seed", "x"], "--seed expects a whole number, 0 or more; received x"],
  [["tp1", "--out", zip, "--overrides", bad], "bad.json"],
  [["tp1", "--out", zip, "--roster", join(folder, "nowhere.csv")], "cannot be read (ENOENT)"],
  [["tp1", "--fast"], "Unknown option '--fast'"],
])("retroprop gradescope %j is refused with what to do instead", async (args, message) => {
  const silent = {} as Terminal;
  await expect(gradescope.run(args, silent)).rejects.toMatchObject({
    name: "CliError",
    exitCode: 2,
    message: expect.stringContaining(message),
  });
});
