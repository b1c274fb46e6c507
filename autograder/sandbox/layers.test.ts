// Raw programs, without the harness: what they are refused, the layer itself refuses.
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { hasL2, hasL3, isLinux, isRoot, isWindows, layersHere, testedLayers } from "./fixtures/layers.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { expectNoneLeft, processesWith } from "./fixtures/processes.js";
import { openL2Bare } from "./l2.js";
import { type Limits, type ProcessEnd, type Sandbox, usualLimits } from "./sandbox.js";

interface Ended extends ProcessEnd {
  /** What it sent on descriptor 3. */
  readonly sent: string;
}

vi.setConfig({ testTimeout: 120_000 });

/** Ends what hangs. */
const hangsAfterMs = 60_000;

type Killed = "when it hangs" | "once it has spoken";

async function runIn(sandbox: Sandbox, limits: Limits, killed: Killed = "when it hangs"): Promise<Ended> {
  const running = await sandbox.run(limits, 0);
  const sent: Buffer[] = [];
  running.replies.on("data", (chunk: Buffer) => {
    sent.push(chunk);
    if (killed === "once it has spoken") void running.kill();
  });
  const timer = setTimeout(() => void running.kill(), hangsAfterMs);
  const end = await running.ended;
  clearTimeout(timer);
  return { ...end, sent: Buffer.concat(sent).toString("utf8") };
}

const temporaryFolder = makeOwnTemporaryFolder();

/** The other tests take 40, 64, 90 to 98, 256, and 300 and more; this one up to a hundred, tried twice. */
let nextHeapMb = 100 + Math.floor(Math.random() * 50);
const freshLimits = (changes: Partial<Limits> = {}): Limits => ({ ...usualLimits, heapMb: nextHeapMb++, ...changes });

describe.each(testedLayers)("$layer", ({ layer, open }) => {
  async function run(program: string, limits = freshLimits(), killed?: Killed): Promise<Ended> {
    const sandbox = await open(
      `const fs = require("node:fs"); const say = (text) => fs.writeSync(3, String(text));\n${program}`,
    );
    try {
      return await runIn(sandbox, limits, killed);
    } finally {
      await sandbox.close();
      await expectNoneLeft(limits);
    }
  }

  test("what is sent before the end arrives before the end is told", async () => {
    const end = await run(`say("x".repeat(200_000)); process.exit(3)`);
    expect([end.sent.length, end.exitCode, end.signal]).toEqual([200_000, 3, null]);
  });

  test("what is drawn at random is drawn again by the next process", async () => {
    const draw = "say([Math.random(), Math.random()])";
    const [first, second] = [await run(draw), await run(draw)];
    expect(first.sent).toMatch(/^0\.\d+,0\.\d+$/);
    expect(second.sent).toBe(first.sent);
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
    const end = await run(`say("here"); for (;;);`, freshLimits(), "once it has spoken");
    expect(end.signal).toBe("SIGKILL");
  });

  test.skipIf(isWindows)("an endless loop that nobody kills meets the limit of its time", async () => {
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

  test.runIf(isLinux).each([
    ["shared memory", "new Uint8Array(new SharedArrayBuffer(1e7)).fill(1)"],
    ["a growing buffer", "new Uint8Array(new ArrayBuffer(1e7, { maxByteLength: 2e7 })).fill(1)"],
    ["WebAssembly", "new Uint8Array(new WebAssembly.Memory({ initial: 160 }).buffer).fill(1)"],
    ["buffers", "Buffer.alloc(1e7, 1)"],
  ])("%s without end is refused as other memory is", async (_, take) => {
    const end = await run(
      `const held = []; try { for (;;) held.push(${take}) } catch (e) { say(e.name + " " + (held.length < 45)) }`,
      freshLimits({ dataMb: 400 }),
    );
    expect(end.sent || "ended true").toMatch(/ true$/);
  });

  test.runIf(isLinux)("files opened without end are refused", async () => {
    const open = `let count = 0; try { for (; count < 1000; count++) fs.openSync(__filename) } catch (e) { say(e.code + " " + (count < 128)) }`;
    expect((await run(open)).sent).toBe("EMFILE true");
  });

  test("no file is written, not even a small one", async () => {
    const write = `for (const folder of [__dirname, ".", "/tmp", "/dev/shm", "/dev", "/proc/self"])
      try { fs.writeFileSync(folder + "/retroprop-written", "x"); say(folder) } catch (e) { say(/^(E|ERR_)/.test(e.code) ? "" : e) }`;
    expect((await run(write)).sent).toBe("");
  });

  test("nothing of the judge's environment, arguments or folders is in sight", async () => {
    const look = `const seen = [process.argv, process.execArgv, process.env, process.cwd(), __filename];
      for (const file of ["/proc/1/environ", "/proc/self/environ", "/proc/1/cmdline"]) try { seen.push(fs.readFileSync(file, "utf8")) } catch {}
      say(JSON.stringify(seen))`;
    const { sent } = await run(look);
    expect(sent).toContain("program.cjs");
    for (const secret of [process.env["HOME"]!, process.cwd(), "vitest"]) expect(sent).not.toContain(secret);
  });

  test.skipIf(isWindows)("who kills its parent harms only itself", async () => {
    const end = await run(
      `try { process.kill(process.ppid, "SIGKILL") } catch {} say("here"); for (;;);`,
      freshLimits(),
      "once it has spoken",
    );
    expect(end.signal).toBe("SIGKILL");
  });

  test("a process it might start is refused", async () => {
    const start = `const { spawn } = require("node:child_process");
      try { spawn("/bin/sh", ["-c", "sleep 60"], { detached: true }).on("error", (e) => say(e.code)) } catch (e) { say(e.code) }`;
    expect((await run(start)).sent).toMatch(/^(ERR_ACCESS_DENIED|EPERM|ENOENT)$/);
  });

  test("a kill that comes while the process starts leaves nothing", async () => {
    const limits = freshLimits();
    const sandbox = await open("for (;;);");
    for (let ms = 0; ms < 40; ms++) {
      const running = await sandbox.run(limits, 0);
      await wait(ms * 0.75);
      await running.kill();
    }
    await expectNoneLeft(limits);
    await sandbox.close();
  });

  test("closing ends what runs and removes its folder", async () => {
    const sandbox = await open(`require("node:fs").writeSync(3, "here"); for (;;);`);
    expect(readdirSync(temporaryFolder)).not.toEqual([]);
    const limits = freshLimits();
    const ends = await Promise.all([0, 1].map((slot) => sandbox.run(limits, slot)));
    await Promise.all(ends.map(({ replies }) => once(replies, "data")));
    await sandbox.close();
    expect((await Promise.all(ends.map(({ ended }) => ended))).map(({ signal }) => signal)).toEqual([
      "SIGKILL",
      "SIGKILL",
    ]);
    await expectNoneLeft(limits);
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  test(`its name is ${layer}`, async () => {
    const sandbox = await open("");
    expect(sandbox.layer).toBe(layer);
    await sandbox.close();
  });
});

const ownUserLayers = layersHere.filter(({ layer }) => layer === "L2" || (layer === "L3" && isRoot));

describe.each(ownUserLayers)("$layer, to each process its own user", ({ open }) => {
  test("no two are the same, in one slot or two, and none is ours", async () => {
    const sandbox = await open(`for (;;);`);
    const users = await Promise.all(
      [0, 0, 1].map(async (slot) => {
        const limits = freshLimits();
        await sandbox.run(limits, slot);
        return /^Uid:\s+(\d+)/m.exec(await statusOf(limits))?.[1];
      }),
    );
    await sandbox.close();
    expect(new Set([...users, "0"]).size).toBe(4);
  });

  test("who takes all threads it can get takes them from nobody else", async () => {
    const sandbox = await open(takeThreadsOrGreet);
    const limits = freshLimits();
    const storm = await sandbox.run(limits, 0);
    storm.requests.write("54");
    await once(storm.replies, "data");
    expect(Number(/^Threads:\s+(\d+)/m.exec(await statusOf(limits))?.[1])).toBeGreaterThan(55);
    for (const slot of [0, 0, 1]) {
      const honest = await sandbox.run(freshLimits(), slot);
      honest.requests.write("0");
      expect(String(await once(honest.replies, "data"))).toBe("hello");
    }
    await sandbox.close();
  });

  test("who takes more threads than its limit is ended", async () => {
    const sandbox = await open(takeThreadsOrGreet);
    const storm = await sandbox.run(freshLimits(), 0);
    storm.requests.write("100");
    expect(await storm.ended).toMatchObject({ exitCode: null, signal: "SIGABRT" });
    await sandbox.close();
  });

  test("the limits of the system are set, all of them", async () => {
    const sandbox = await open(`for (;;);`);
    const limits = freshLimits();
    await sandbox.run(limits, 0);
    const pid = await programOf(limits);
    const soft = Object.fromEntries(
      [...readFileSync(`/proc/${pid}/limits`, "utf8").matchAll(/^Max (.+?) {2,}(\d+)/gm)].map(([, a, b]) => [
        a,
        Number(b),
      ]),
    );
    await sandbox.close();
    expect(soft).toMatchObject({
      "cpu time": limits.cpuSeconds,
      "core file size": 0,
      processes: 64,
      "open files": 128,
    });
    expect(soft["data size"]).toBeGreaterThanOrEqual(limits.dataMb * 2 ** 20);
    expect(soft["file size"]).toBeLessThanOrEqual(4 * 2 ** 20);
  });
});

/** The number of the program itself, not of the guards that lead to it: once it is there. */
const programOf = (limits: Limits): Promise<string> =>
  vi.waitFor(
    () => {
      const isNode = (pid: string) => /^(?:node|MainThread)/.test(readFileSync(`/proc/${pid}/comm`, "utf8"));
      return processesWith(limits).find(isNode) ?? expect.unreachable("no program runs");
    },
    { timeout: 20_000, interval: 20 },
  );

const statusOf = async (limits: Limits): Promise<string> =>
  readFileSync(`/proc/${await programOf(limits)}/status`, "utf8");

/** The one way to threads that Node's permission flag leaves open; these wait for what is never sent. */
const takeThreadsOrGreet = `
  const fs = require("node:fs"), order = Buffer.alloc(16);
  const threads = Number(order.toString("utf8", 0, fs.readSync(3, order)));
  if (threads > 0) process.env.UV_THREADPOOL_SIZE = threads;
  for (let i = 0; i < threads; i++) fs.read(3, Buffer.alloc(1), () => {});
  fs.writeSync(3, threads > 0 ? "taken" : "hello");`;

describe.runIf(hasL2)("L2 alone", () => {
  test("a program sees all processes of the machine by their number, and can signal its own alone", async () => {
    const sandbox = await openL2Bare(`
      const fs = require("node:fs"), order = Buffer.alloc(4096);
      const isReached = (pid) => { try { return process.kill(pid, 0) } catch { return false } };
      const pids = JSON.parse(order.toString("utf8", 0, fs.readSync(3, order)));
      fs.writeSync(3, JSON.stringify([process.pid, ...pids].filter(isReached)));`);
    const [limits, proberLimits] = [freshLimits(), freshLimits()];
    await sandbox.run(limits, 0);
    const prober = await sandbox.run(proberLimits, 0);
    const [neighbourPid, proberPid] = [Number(await programOf(limits)), Number(await programOf(proberLimits))];
    prober.requests.write(JSON.stringify([1, process.ppid, process.pid, neighbourPid]));
    const reached: unknown = JSON.parse(String(await once(prober.replies, "data")));
    await sandbox.close();
    expect(reached).toEqual([proberPid]);
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
});
