import { spawn } from "node:child_process";
import { expect, test, vi } from "vitest";
import { isLinux } from "./fixtures/layers.js";
import { type ProcessorUse, processorUse } from "./processor-use.js";

/** Runs `script`, behind a shell that waits for it, until what is told of it is `expected`: a process takes its time to start. */
async function untilUseOf(script: string, expected: (use: ProcessorUse) => boolean): Promise<void> {
  const child = spawn("/bin/sh", ["-c", `sh -c '${script}'; exit $?`], { detached: true, stdio: "ignore" });
  try {
    await vi.waitFor(
      () => expect(processorUse(child.pid!)).toSatisfy((use?: ProcessorUse) => use !== undefined && expected(use)),
      { timeout: 20_000, interval: 100 },
    );
  } finally {
    process.kill(-child.pid!, "SIGKILL");
  }
}

test.runIf(isLinux)("a loop, behind a shell that waits for it, has used its processor and wants more", async () => {
  await untilUseOf("while :; do :; done", ({ wantsMore, milliseconds }) => wantsMore && milliseconds >= 100);
});

test.runIf(isLinux)("what has worked and sleeps has used its processor, and wants nothing", async () => {
  const work = "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done; sleep 60";
  await untilUseOf(work, ({ wantsMore, milliseconds }) => !wantsMore && milliseconds >= 20);
});

test("of a process that is not there nothing is told", () => {
  expect(processorUse(2 ** 30)).toBeUndefined();
});
