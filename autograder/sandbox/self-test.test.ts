import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasL2, hasL3, isLinux } from "./fixtures/layers.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { openL1 } from "./l1.js";
import { openL2Bare } from "./l2.js";
import { openL3Bare } from "./l3.js";
import type { Sandbox } from "./sandbox.js";
import { selfTest } from "./self-test.js";

const temporaryFolder = makeOwnTemporaryFolder();

const heldBy = async (open: (program: string) => Promise<Sandbox>) =>
  Object.fromEntries((await selfTest(open)).map(({ name, held }) => [name, held]));

/** What stopped each canary; all eight were stopped. */
async function observedIn(open: (program: string) => Promise<Sandbox>): Promise<Record<string, string>> {
  const canaries = await selfTest(open);
  expect(canaries.filter(({ held }) => !held)).toEqual([]);
  expect(canaries).toHaveLength(8);
  return Object.fromEntries(canaries.map(({ name, observed }) => [name, observed]));
}

describe("canaries", () => {
  test.runIf(isLinux)("say of L1 that it lets signals and the network through", async () => {
    expect(await heldBy(openL1)).toEqual({
      ...{ read: true, environment: true, spawn: true, write: true, memory: true, loop: true },
      ...{ network: false, signal: false },
    });
  });

  test.runIf(hasL3)("find L3 tight without the help of Node's permission flag", async () => {
    expect(await observedIn(openL3Bare)).toMatchObject({
      ...{ read: "ENOENT", network: "EPERM", signal: "ESRCH", write: "ENOENT" },
    });
  });

  test.runIf(hasL2)("find L2 tight without the help of Node's permission flag", async () => {
    expect(await observedIn(openL2Bare)).toMatchObject({
      ...{ read: "ENOENT", environment: "ENOENT", network: "EPERM", signal: "EPERM", write: "ENOENT" },
    });
  });

  test("leave nothing behind", async () => {
    await selfTest(openL1);
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  test("of a layer that runs nothing are an error that says why", async () => {
    const broken = () => openL1(`console.error("no room here"); process.exit(1)`);
    await expect(selfTest(broken)).rejects.toThrow("the layer does not run a program: no room here");
  });
});
