import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayBeAlive, thisProcess } from "./process-identity.js";
import { lockFolder, lockName } from "./run-lock.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const since = "2026-03-02T18:00:00.000Z";
const leave = (owner: object) => writeFileSync(join(folder, lockName), JSON.stringify({ since, ...owner }));
const deadProcess = () => spawnSync(process.execPath, ["-e", ""]).pid;

describe("the lock of a report's folder", () => {
  it("lets one run in, and the next one after it", async () => {
    const unlock = await lockFolder(folder);
    const refusal = { name: "CliError", exitCode: 2, message: expect.stringContaining(`process ${process.pid}`) };
    await expect(lockFolder(folder)).rejects.toMatchObject(refusal);
    unlock();
    expect(existsSync(join(folder, lockName))).toBe(false);
    (await lockFolder(folder))();
  });

  it("is taken over from a run that was killed", async () => {
    leave({ pid: deadProcess(), host: hostname() });
    const unlock = await lockFolder(folder);
    expect(JSON.parse(readFileSync(join(folder, lockName), "utf8"))).toMatchObject({ pid: process.pid });
    unlock();
  });

  it("is taken over from a process whose number was given to another one", async () => {
    const { startedAt } = thisProcess();
    if (startedAt === undefined) return console.log("skipped: this system does not tell when a process started");
    leave({ pid: process.pid, host: hostname(), startedAt: `${startedAt}0` });
    (await lockFolder(folder))();
  });

  it("is left to a run on another machine, which cannot be asked", async () => {
    leave({ pid: 1, host: "elsewhere" });
    await expect(lockFolder(folder)).rejects.toMatchObject({ message: expect.stringContaining("delete") });
  });

  it.each(["", "{", '{"pid":"x"}'])("is taken over where a kill left %j of it", async (text) => {
    writeFileSync(join(folder, lockName), text);
    (await lockFolder(folder))();
  });

  it("has one winner when several find the same dead run", async () => {
    leave({ pid: deadProcess(), host: hostname() });
    const ends = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

it("a process that runs may be alive, one that has ended is not", () => {
  expect(mayBeAlive(thisProcess())).toBe(true);
  expect(mayBeAlive({ pid: deadProcess(), host: hostname() })).toBe(false);
});
