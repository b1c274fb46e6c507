import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { type ProcessEnd, type Sandbox, type SandboxProcess, usualLimits } from "../sandbox/sandbox.js";
import { prewarmed } from "./prewarmed.js";

const end: ProcessEnd = {
  ...{ exitCode: 0, signal: null, output: "" },
  ...{ outputExceeded: false, memoryExceeded: false, cpuExceeded: false },
};

/** Counts what runs; its processes do nothing. */
class CountingSandbox implements Sandbox {
  readonly layer = "L3";
  readonly started: SandboxProcess[] = [];
  readonly running = new Set<SandboxProcess>();
  mostRunning = 0;
  isClosed = false;
  failures = 0;

  async run(): Promise<SandboxProcess> {
    if (this.isClosed) throw new Error("closed");
    if (this.failures-- > 0) throw new Error("no memory");
    let finish = (_: ProcessEnd) => {};
    const ended = new Promise<ProcessEnd>((resolve) => {
      finish = resolve;
    });
    const kill = async () => {
      this.running.delete(one);
      finish(end);
    };
    const one: SandboxProcess = { requests: new PassThrough(), replies: new PassThrough(), ended, kill };
    this.started.push(one);
    this.running.add(one);
    this.mostRunning = Math.max(this.mostRunning, this.running.size);
    return one;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("prewarmed processes", () => {
  test("each serves once, and the next one waits already", async () => {
    const sandbox = new CountingSandbox();
    const pool = prewarmed(sandbox);
    const served: SandboxProcess[] = [];
    for (let i = 0; i < 5; i++) {
      const one = await pool.run(usualLimits, 0);
      served.push(one);
      expect(sandbox.running.size).toBe(2);
      await one.kill();
    }
    expect(new Set(served).size).toBe(5);
    expect(served).toEqual(sandbox.started.slice(0, 5));
    expect(sandbox.mostRunning).toBe(2);
  });

  test("two who ask at once get two", async () => {
    const pool = prewarmed(new CountingSandbox());
    await (await pool.run(usualLimits, 0)).kill();
    const [a, b] = await Promise.all([pool.run(usualLimits, 0), pool.run(usualLimits, 0)]);
    expect(a).not.toBe(b);
  });

  test("one that died while it waited serves nobody", async () => {
    const sandbox = new CountingSandbox();
    const pool = prewarmed(sandbox);
    await pool.run(usualLimits, 0);
    const waiting = sandbox.started[1]!;
    await waiting.kill();
    await soon();
    const next = await pool.run(usualLimits, 0);
    expect(next).not.toBe(waiting);
    expect(sandbox.running).toContain(next);
  });

  test("one that could not be started is started again when it is asked for", async () => {
    const sandbox = new CountingSandbox();
    const pool = prewarmed(sandbox);
    await pool.run(usualLimits, 0);
    sandbox.failures = 1;
    await pool.run(usualLimits, 0); // what would wait is not started
    await soon();
    expect(sandbox.running).toContain(await pool.run(usualLimits, 0));
  });

  test("one with other limits is ended, and another started", async () => {
    const sandbox = new CountingSandbox();
    const pool = prewarmed(sandbox);
    await pool.run(usualLimits, 0);
    const waiting = sandbox.started[1]!;
    expect(await pool.run({ ...usualLimits, heapMb: 40 }, 0)).not.toBe(waiting);
    expect(sandbox.running).not.toContain(waiting);
  });

  test("closed, it leaves none that waits, not even one that is being started", async () => {
    const sandbox = new CountingSandbox();
    const pool = prewarmed(sandbox);
    const serving = await Promise.all([0, 1, 2].map((slot) => pool.run(usualLimits, slot)));
    const late = pool.run(usualLimits, 3);
    await pool.close();
    await late;
    await soon();
    for (const one of [...serving, await late]) await one.kill();
    expect(sandbox.running.size).toBe(0);
    expect(sandbox.isClosed).toBe(true);
    await expect(pool.run(usualLimits, 0)).rejects.toThrow("closed");
  });
});
