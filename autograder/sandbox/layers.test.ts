// Raw programs, without the harness: what they are refused, the layer itself refuses.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { hasL3, isLinux, isRoot, layersHere } from "./fixtures/layers.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { type Limits, type ProcessEnd, type Sandbox, usualLimits } from "./sandbox.js";

interface Ended extends ProcessEnd {
  /** What it sent on descriptor 3. */
  readonly sent: string;
}

async function runIn(sandbox: Sandbox, limits: Limits, killAfterMs = 20_000): Promise<Ended> {
  const running = await sandbox.run(limits, 0);
  const sent: Buffer[] = [];
  running.replies.on("data", (chunk: Buffer) => sent.push(chunk));
  const timer = setTimeout(() => void running.kill(), killAfterMs);
  const end = await running.ended;
  clearTimeout(timer);
  return { ...end, sent: Buffer.concat(sent).toString("utf8") };
}

/** Found by a limit that no other test gives. */
function processesWith({ heapMb }: Limits): string[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`--max-old-space-size=${heapMb}\0`);
    } catch {
      return false;
    }
  });
}

const temporaryFolder = makeOwnTemporaryFolder();

/** The other tests take 40, 64 and 256. */
let nextHeapMb = 100 + Math.floor(Math.random() * 100);
const freshLimits = (changes: Partial<Limits> = {}): Limits => ({ ...usualLimits, heapMb: nextHeapMb++, ...changes });

describe.each(layersHere)("$layer", ({ layer, open }) => {
  async function run(program: string, limits = freshLimits(), killAfterMs?: number): Promise<Ended> {
    const sandbox = await open(
      `const fs = require("node:fs"); const say = (text) => fs.writeSync(3, String(text));\n${program}`,
    );
    try {
      return await runIn(sandbox, limits, killAfterMs);
    } finally {
      await sandbox.close();
      expect(processesWith(limits)).toEqual([]);
    }
  }

  test("what is sent before the end arrives before the end is told", async () => {
    const end = await run(`say("x".repeat(200_000)); process.exit(3)`);
    expect([end.sent.length, end.exitCode, end.signal]).toEqual([200_000, 3, null]);
  });

  test("what is printed is kept up to 64 KB, and all of it is read", async () => {
    const end = await run(`process.stdout.write("é".repeat(3_000_000)); console.error("end"); say("done")`);
    expect(end.sent).toBe("done");
    expect(end.output).toHaveLength(32 * 1024);
    expect(end.outputExceeded).toBe(false);
  });

  test("printing without end is stopped at its limit", async () => {
    const end = await run(`for (;;) fs.writeSync(1, "x".repeat(65536))`, freshLimits({ outputBytes: 2 ** 20 }));
    expect(end.outputExceeded).toBe(true);
  });

  test("an endless loop is killed", async () => {
    const end = await run(`for (;;);`, freshLimits(), 300);
    expect(end.signal).toBe("SIGKILL");
  });

  test("an endless loop that nobody kills meets the limit of its time", async () => {
    const end = await run(`for (;;);`, freshLimits({ cpuSeconds: 1 }));
    expect(end.cpuExceeded).toBe(true);
  });

  test("a heap without end is a limit of memory", async () => {
    const end = await run(`const held = []; for (;;) held.push({ held: [] })`);
    expect(end.memoryExceeded).toBe(true);
  });

  test.runIf(isLinux)("typed arrays without end are refused", async () => {
    const fill = `const held = []; try { for (;;) held.push(new Float32Array(1e7).fill(1)) } catch (e) { say(e.name) }`;
    expect((await run(fill, freshLimits({ dataMb: 400 }))).sent).toBe("RangeError");
  });

  test("nothing of the judge's environment, arguments or folders is in sight", async () => {
    const look = `const seen = [process.argv, process.execArgv, process.env, process.cwd(), __filename];
      for (const file of ["/proc/1/environ", "/proc/self/environ", "/proc/1/cmdline"]) try { seen.push(fs.readFileSync(file, "utf8")) } catch {}
      say(JSON.stringify(seen))`;
    const { sent } = await run(look);
    expect(sent).toContain("program.cjs");
    for (const secret of [process.env["HOME"]!, process.cwd(), "vitest"]) expect(sent).not.toContain(secret);
  });

  test("who kills its parent harms only itself", async () => {
    const end = await run(
      `try { process.kill(process.ppid, "SIGKILL") } catch (e) { say(e.code) } for (;;);`,
      freshLimits(),
      1000,
    );
    expect(end.signal).toBe("SIGKILL");
  });

  test("a process it might start is refused", async () => {
    const start = `const { spawn } = require("node:child_process");
      try { spawn("/bin/sh", ["-c", "sleep 60"], { detached: true }).on("error", (e) => say(e.code)) } catch (e) { say(e.code) }`;
    expect((await run(start)).sent).toMatch(/^(ERR_ACCESS_DENIED|EPERM|ENOENT)$/);
  });

  test("closing ends what runs and removes its folder", async () => {
    const sandbox = await open(`for (;;);`);
    expect(readdirSync(temporaryFolder)).not.toEqual([]);
    const limits = freshLimits();
    const ends = await Promise.all([0, 1].map((slot) => sandbox.run(limits, slot)));
    await sandbox.close();
    expect((await Promise.all(ends.map(({ ended }) => ended))).map(({ signal }) => signal)).toEqual([
      "SIGKILL",
      "SIGKILL",
    ]);
    expect(processesWith(limits)).toEqual([]);
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  test(`its name is ${layer}`, async () => {
    const sandbox = await open("");
    expect(sandbox.layer).toBe(layer);
    await sandbox.close();
  });
});

describe.runIf(hasL3)("L3 alone", () => {
  const { open } = layersHere.find(({ layer }) => layer === "L3") ?? layersHere[0]!;

  test("a program is nobody, and its only neighbour is the guard of its own sandbox", async () => {
    const sandbox = await open(
      `const fs = require("node:fs"); fs.writeSync(3, JSON.stringify([process.getuid(), process.pid, process.ppid]))`,
    );
    const { sent } = await runIn(sandbox, freshLimits());
    await sandbox.close();
    expect(JSON.parse(sent)).toEqual([65534, 2, 1]);
  });

  test.runIf(isRoot)("two slots are two users, and neither is ours", async () => {
    const sandbox = await open(`for (;;);`);
    const users = await Promise.all(
      [0, 1].map(async (slot) => {
        const limits = freshLimits();
        await sandbox.run(limits, slot);
        await vi.waitUntil(() => processesWith(limits).length > 1);
        return readFileSync(`/proc/${processesWith(limits)[0]}/status`, "utf8").match(/^Uid:\s+(\d+)/m)?.[1];
      }),
    );
    await sandbox.close();
    expect(new Set([...users, "0"]).size).toBe(3);
  });
});
