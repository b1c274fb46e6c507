import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeTemporaryFolder, sweepTemporaryFolders } from "./temporary-folder.js";

const folder = makeTemporaryFolder("canary");
afterAll(() => rmSync(folder, { recursive: true }));

it("removes what a process that is dead has left, and nothing that may be somebody's", () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  const make = (name: string): string => {
    mkdirSync(join(folder, name, "deep"), { recursive: true });
    return join(folder, name);
  };
  const mine = makeTemporaryFolder("sandbox");
  const kept = join(folder, basename(mine));
  renameSync(mine, kept);
  const left = make(basename(mine).replace(`-${process.pid}-`, `-${dead}-`));
  const ofAnotherMachine = make(`retroprop-sandbox-${dead}-00000000-abcdef`);
  const ofAnotherProgram = make(`someone-${dead}-x`);

  sweepTemporaryFolders(folder);
  expect(existsSync(left)).toBe(false);
  for (const one of [kept, ofAnotherMachine, ofAnotherProgram]) expect(existsSync(one), one).toBe(true);
});
