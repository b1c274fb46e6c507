import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { isLinux } from "./fixtures/layers.js";
import { processorUse } from "./processor-use.js";

async function useOfShell(script: string): Promise<ReturnType<typeof processorUse>> {
  const child = spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore" });
  try {
    await wait(300);
    return processorUse(child.pid!);
  } finally {
    process.kill(-child.pid!, "SIGKILL");
  }
}

test.runIf(isLinux)("a loop, behind a shell that waits for it, has used its processor and wants more", async () => {
  const use = await useOfShell(`sh -c "while :; do :; done"; exit $?`);
  expect(use?.wantsMore).toBe(true);
  expect(use?.milliseconds).toBeGreaterThan(0);
});

test.runIf(isLinux)("what sleeps wants nothing", async () => {
  expect(await useOfShell("sleep 60; exit $?")).toMatchObject({ wantsMore: false });
});

test("of a process that is not there nothing is told", () => {
  expect(processorUse(2 ** 30)).toBeUndefined();
});
