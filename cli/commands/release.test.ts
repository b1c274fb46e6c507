import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CliError } from "../command.js";
import { createTerminal } from "../terminal.js";
import { release } from "./release.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-release-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const failureOf = (...args: string[]): Promise<unknown> =>
  release.run(args, createTerminal()).catch((thrown: unknown) => thrown);

it.each([
  [[], "which TP? There are tp1"],
  [["tp99", "--out", "x"], "no TP `tp99`; there are tp1"],
  [["tp1"], "where to? Usage: retroprop release tp1 --out DIR"],
  [["tp1", "tp2", "--out", "x"], "one TP at a time"],
  [["tp1", "--editions"], "it goes alone"],
  [["--outt", "x"], "Unknown option '--outt'; see `retroprop release --help`"],
])("%j is wrong usage", async (args, message) => {
  const error = await failureOf(...args);
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

it("somebody's folder is left as it is", async () => {
  writeFileSync(join(folder, "letter.txt"), "dear");
  const error = await failureOf("tp1", "--out", folder);
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining("is not empty: name a new folder") });
  expect(readdirSync(folder)).toEqual(["letter.txt"]);
});

it("a file is no place for a release", async () => {
  writeFileSync(join(folder, "letter.txt"), "dear");
  const error = await failureOf("tp1", "--out", join(folder, "letter.txt"));
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining("is a file: name a folder") });
});
