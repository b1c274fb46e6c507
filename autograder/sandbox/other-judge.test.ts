// What a judge does that runs in a process of its own: in a container, or until it is killed.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle } from "./bundle.js";
import { findProgram } from "./find-program.js";
import { hasL2, isLinux, isRoot, layersHere } from "./fixtures/layers.js";
import { likeDocker } from "./fixtures/like-docker.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { expectNoneLeft, processesWith } from "./fixtures/processes.js";
import { isAtLeast, usualLimits } from "./sandbox.js";
import { bundleCanaries } from "./self-test.js";

const folder = makeOwnTemporaryFolder();
const judge = join(folder, "judge.cjs");

beforeAll(async () => {
  const text = await bundle(new URL("./fixtures/judge.js", import.meta.url));
  writeFileSync(judge, text);
});

const isX64 = process.arch === "x64";
if (hasL2 && !isX64) console.warn("tests of layers in a container are skipped: their filter is for x64");

describe.runIf(hasL2 && isX64)("in a container as Docker starts it", () => {
  const whyNot = (without: readonly string[] = []): Record<string, string> => {
    const [command, ...args] = likeDocker(folder, [process.execPath, judge, "why-not"], without);
    return JSON.parse(execFileSync(command!, args, { encoding: "utf8" }));
  };

  test("bubblewrap is refused its namespaces, which is said with the remedy, and L2 runs", () => {
    const { L3, ...others } = whyNot();
    expect(L3).toMatch(/^L3 (does not start: bwrap: .*allow user namespaces|needs bubblewrap)/);
    expect(others).toEqual({ L2: "runs", L1: "runs", L0: "runs" });
  });

  test("that keeps a capability back, the refused call is named with the remedy", () => {
    const remedy = "Operation not permitted; start the container with Docker's usual capabilities";
    expect(whyNot(["sys_chroot"])["L2"]).toMatch(`L2 does not start: chroot: ${remedy}`);
    expect(whyNot(["setuid"])["L2"]).toMatch(`L2 does not start: setresuid: ${remedy}`);
  });

  test("nothing is left", () => {
    expect(readdirSync(folder).filter((name) => name.startsWith("retroprop-"))).toEqual([]);
  });
});

const unshare = findProgram("unshare");
const canBeFirst = isLinux && isRoot && unshare !== undefined;
if (!canBeFirst) console.warn("the judge as first process of a container is not tested: it needs root and unshare");

describe.runIf(canBeFirst).each(layersHere.filter(({ layer }) => isAtLeast(layer, "L2")))("$layer", ({ layer }) => {
  test("is found tight by the first process of a container, whose number a program inside may have too", async () => {
    const canaries = join(folder, "canaries.cjs");
    writeFileSync(canaries, await bundleCanaries());
    // With a /proc of its own, as a container has: bubblewrap looks itself up there.
    const container = ["--pid", "--fork", "--mount-proc", "--kill-child"];
    const command = [...container, process.execPath, judge, "what-broke-out", layer, canaries];
    const said = JSON.parse(execFileSync(unshare!, command, { encoding: "utf8" }));
    expect(said).toEqual({ pid: 1, tried: 8, out: [] });
  });
});

describe.each(layersHere.filter(({ layer }) => layer !== "L1"))("$layer, when its judge is killed", ({ layer }) => {
  test("the program dies with it", async () => {
    const limits = { ...usualLimits, heapMb: 300 + Math.floor(Math.random() * 100) };
    const other = spawn(process.execPath, [judge, "run-for-ever", layer, `${limits.heapMb}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    expect(processesWith(limits)).not.toEqual([]);
    await killed(other);
    await expectNoneLeft(limits);
  });
});

async function killed(judge: ChildProcess): Promise<void> {
  const exit = once(judge, "exit");
  judge.kill("SIGKILL");
  await exit;
}
