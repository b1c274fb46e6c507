// Processes that another one starts in the judge's name: they are what they would be if the judge had started them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bundle } from "./bundle.js";
import { isLinux, layersHere } from "./fixtures/layers.js";
import { makeOwnTemporaryFolder } from "./fixtures/own-temporary-folder.js";
import { expectNoneLeft, processesWith } from "./fixtures/processes.js";
import { openL0 } from "./l0.js";
import { launch } from "./launch.js";
import { bundleLauncher, type Launcher, openLauncher } from "./launcher.js";
import { type Limits, type Sandbox, usualLimits } from "./sandbox.js";

const folder = makeOwnTemporaryFolder();
const limits: Limits = { ...usualLimits, heapMb: 91, outputBytes: 100_000 };

let launcher: Launcher;
beforeAll(async () => {
  launcher = await openLauncher();
});
afterAll(() => launcher.close());

const opened: Sandbox[] = [];
afterEach(() => Promise.all(opened.splice(0).map((sandbox) => sandbox.close())));

async function run(program: string, open = openL0, by = launcher) {
  const sandbox = await open(program, undefined, by.launch);
  opened.push(sandbox);
  return sandbox.run(limits, 0);
}

async function firstOf(replies: Readable): Promise<string> {
  const [chunk] = (await once(replies, "data")) as [Buffer];
  return chunk.toString();
}

const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]);

const saysItsParent = 'require("node:fs").writeSync(3, String(process.ppid)); for (;;);';

describe.runIf(isLinux)("a launcher", () => {
  test("is what starts a process, and is itself started by the judge, away from its terminal", async () => {
    const { replies } = await run(saysItsParent);
    const starter = Number(await firstOf(replies));
    expect(starter).not.toBe(process.pid);
    expect(parentOf(starter)).toBe(process.pid);
    const session = readFileSync(`/proc/${starter}/stat`, "utf8").split(") ")[1]!.split(" ")[3];
    expect(Number(session)).toBe(starter);
  });

  test("gives it a channel on which it waits in its reads, and the judge's words and its own pass whole", async () => {
    const echo = `
      const { readSync, writeSync } = require("node:fs");
      const bytes = Buffer.alloc(1 << 20);
      for (let have = 0; have < bytes.length; ) have += readSync(3, bytes, have, bytes.length - have, null);
      for (let sent = 0; sent < bytes.length; ) sent += writeSync(3, bytes, sent);
    `;
    const { requests, replies, ended } = await run(echo);
    await new Promise((later) => setTimeout(later, 100)); // it waits by now
    const sent = Buffer.alloc(1 << 20, "retroprop");
    requests.write(sent);
    const received: Buffer[] = [];
    for await (const chunk of replies) received.push(chunk as Buffer);
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    expect(await ended).toMatchObject({ exitCode: 0, signal: null });
  });

  test("tells it nothing of the judge, whom its channel leads to", async () => {
    const asks = `
      const socket = new (require("node:net").Socket)({ fd: 3 });
      const { libuv } = process.report.getReport();
      socket.end(JSON.stringify(libuv.filter(({ type }) => type === "pipe")) + "\\n");
    `;
    const { replies } = await run(asks);
    let said = "";
    for await (const chunk of replies) said += String(chunk);
    expect(said).toContain('"type":"pipe"');
    expect(said).not.toContain("launcher");
    expect(said).not.toContain(String(process.pid));
  });

  test("waits for nobody who connects and does not say which process it is", async () => {
    const paths = readdirSync(folder).map((name) => join(folder, name, "channel"));
    const strangers = paths.filter((path) => existsSync(path)).map((path) => connect(path));
    expect(strangers).toHaveLength(1);
    const [stranger] = strangers;
    stranger!.on("error", () => {}).write("x");
    await new Promise((later) => setTimeout(later, 100));
    const { ended } = await run("process.exit(5)");
    expect(await ended).toMatchObject({ exitCode: 5 });
    stranger!.write("y".repeat(100));
    await once(stranger!, "close");
  });

  test("tells how a process ended and what it printed", async () => {
    const { ended } = await run('console.log("au revoir"); process.exit(7)');
    expect(await ended).toMatchObject({ exitCode: 7, signal: null, output: "au revoir\n", outputExceeded: false });
  });

  test("ends what prints without end", async () => {
    const { ended } = await run('for (;;) require("node:fs").writeSync(1, "x".repeat(10_000))');
    expect(await ended).toMatchObject({ signal: "SIGKILL", outputExceeded: true });
  });

  test("lets a process be killed with all that it has started, twice if need be", async () => {
    const { replies, kill, processorUse } = await run(
      `require("node:child_process").spawn(process.execPath, ["--max-old-space-size=${limits.heapMb}", "-e", "for (;;);"]);` +
        'require("node:fs").writeSync(3, "here"); setInterval(() => {}, 1000);',
    );
    await firstOf(replies);
    expect(processorUse?.()?.milliseconds).toBeGreaterThanOrEqual(0);
    await kill();
    await kill();
    await expectNoneLeft(limits);
  });

  test("says of a command that there is none what the judge would have said", async () => {
    const nowhere = { command: join(folder, "nothing"), args: [], cwd: folder };
    const [there, here] = await Promise.all(
      [launcher.launch, launch].map(async (start) => (await start(nowhere, limits)).ended),
    );
    expect(there).toEqual(here);
  });

  test("ends, when it is closed, what still runs", async () => {
    const own = await openLauncher();
    const { replies, ended } = await run(saysItsParent, openL0, own);
    const starter = Number(await firstOf(replies));
    await own.close();
    expect(await ended).toMatchObject({ isLost: true });
    expect(() => process.kill(starter, 0)).toThrow("ESRCH");
    await expectNoneLeft(limits);
  });

  test("that is killed takes its processes with it, through no fault of theirs; the next start from the judge", async () => {
    const own = await openLauncher();
    const lost = await run(saysItsParent, openL0, own);
    process.kill(Number(await firstOf(lost.replies)), "SIGKILL");
    expect(await lost.ended).toMatchObject({ isLost: true });
    const next = await run(saysItsParent, openL0, own);
    expect(Number(await firstOf(next.replies))).toBe(process.pid);
    await lost.kill();
    await next.kill();
    await own.close();
    await expectNoneLeft(limits);
  });

  test("serves many at a time, and mistakes none for another", async () => {
    const echo =
      'const { readFileSync, writeSync } = require("node:fs"); const n = readFileSync(3); writeSync(3, n); process.exit(n[0])';
    const sandbox = await openL0(echo, undefined, launcher.launch);
    opened.push(sandbox);
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
    const echoed = numbers.map(async (n) => {
      const { requests, replies, ended } = await sandbox.run(limits, 0);
      requests.end(Buffer.of(n));
      const [chunk] = (await once(replies, "data")) as [Buffer];
      return [chunk[0], (await ended).exitCode];
    });
    expect(await Promise.all(echoed)).toEqual(numbers.map((n) => [n, n]));
  });

  test("starts what ends at once no second time", async () => {
    const file = join(folder, "runs");
    const count = `require("node:fs").appendFileSync(${JSON.stringify(file)}, ".")`;
    const sandbox = await openL0(count, undefined, launcher.launch);
    opened.push(sandbox);
    const ends = await Promise.all(Array.from({ length: 20 }, async () => (await sandbox.run(limits, 0)).ended));
    expect(ends.every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(readFileSync(file, "utf8")).toHaveLength(20);
  });

  test("that is killed while it is asked fails nobody", async () => {
    const own = await openLauncher();
    const first = await run(saysItsParent, openL0, own);
    const starter = Number(await firstOf(first.replies));
    // In L0 nothing else ends a process that the launcher had not yet told of.
    const waits = 'const { readFileSync, writeSync } = require("node:fs"); writeSync(3, "here"); readFileSync(3)';
    const sandbox = await openL0(waits, undefined, own.launch);
    opened.push(sandbox);
    const asked = Array.from({ length: 8 }, () => sandbox.run(limits, 0));
    process.kill(starter, "SIGKILL");
    for (const one of await Promise.all(asked)) {
      const isHere = Promise.race([firstOf(one.replies).catch(() => "gone"), one.ended.then(() => "gone")]);
      expect(["here", "gone"]).toContain(await isHere);
      await one.kill();
    }
    await own.close();
    await expectNoneLeft(limits);
  });
});

describe.runIf(isLinux).each(layersHere)("$layer, by a launcher", ({ layer, open }) => {
  test("runs a program", async () => {
    const { replies, ended } = await run('require("node:fs").writeSync(3, "here"); process.exit(3)', open);
    expect(await firstOf(replies)).toBe("here");
    expect(await ended).toMatchObject({ exitCode: 3 });
  });

  test("leaves nothing when its judge is killed", async () => {
    const [judge, program] = [join(folder, "judge.cjs"), join(folder, "launcher.cjs")];
    writeFileSync(judge, await bundle(new URL("./fixtures/judge.js", import.meta.url)));
    writeFileSync(program, await bundleLauncher());
    const own = { ...usualLimits, heapMb: 400 + Math.floor(Math.random() * 100) };
    const other = spawn(process.execPath, [judge, "run-for-ever", layer, `${own.heapMb}`, program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    expect(processesWith(own)).not.toEqual([]);
    const launchers = childrenOf(other);
    expect(launchers).toHaveLength(1);
    other.kill("SIGKILL");
    await expectNoneLeft(own);
    await vi.waitFor(() => expect(() => process.kill(launchers[0]!, 0)).toThrow("ESRCH"), { timeout: 10_000 });
  });
});

const childrenOf = ({ pid }: ChildProcess): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
