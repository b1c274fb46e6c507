// Starts the process of a sandbox: no environment, its own process group, what it prints drained and cut.
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable } from "node:stream";
import { environmentOn } from "./environment.js";
import { describeEnd, type Exit, type Printed } from "./process-end.js";
import { processorUse } from "./processor-use.js";
import type { Limits, SandboxProcess } from "./sandbox.js";

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Descriptors of ours for the process, from 4. Closed by the caller. */
  readonly descriptors?: readonly number[];
  /** Who it is from its first instruction, user and group, in no other group: the number of processes does not bind root. */
  readonly user?: number;
}

/** @throws what the system says when it has no descriptor left to give: then there is not even a process that ends */
export async function launch(what: Launch, limits: Limits): Promise<SandboxProcess> {
  const child = start(what);
  if ((child.stdio as unknown) === undefined) throw (await once(child, "error"))[0];
  const output = keepOutput(child, limits.outputBytes);
  const channel = child.stdio[3] as Duplex;
  channel.on("error", () => {}); // writing to a process that has ended: `ended` tells
  const ended = endOf(child).then((exit) => describeEnd(exit, output));
  return {
    requests: channel,
    replies: channel,
    ended,
    processorUse: () => (child.pid === undefined ? undefined : processorUse(child.pid)),
    async kill() {
      killGroup(child);
      await ended;
    },
  };
}

const isWindows = process.platform === "win32";
const environment = environmentOn(process.platform, process.env);

function start({ command, args, cwd, descriptors = [], user }: Launch): ChildProcess {
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", "pipe", ...descriptors];
  const own = user === undefined ? {} : { uid: user, gid: user };
  return spawn(command, args, { cwd, env: environment, stdio, detached: !isWindows, windowsHide: true, ...own });
}

/** A process that could not be started ends too. */
function endOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      child.stderr?.emit("data", Buffer.from(error.message));
      resolve({ exitCode: null, signal: null });
    });
    child.once("exit", () => {
      killGroup(child); // what it started goes with it
      // After what waits to be read, should we ourselves have been held up as long.
      setTimeout(() => setImmediate(() => destroyStreams(child)), lingerMs).unref();
    });
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

/** How long the streams of a process that has ended may stay open: somebody else could hold them. */
const lingerMs = 500;

function destroyStreams({ stdio }: ChildProcess): void {
  for (const stream of stdio) stream?.destroy();
}

/** The process that leads the group, a guard or bubblewrap, may be dead already: its group is not. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // no such group any more
  }
}

const keptBytes = 64 * 1024;

/** Reads everything, so that a process which prints a lot is never stuck, and keeps the beginning. */
function keepOutput(child: ChildProcess, limit: number): Printed {
  const kept: Buffer[] = [];
  let [total, held] = [0, 0];
  const read = (chunk: Buffer) => {
    if (held < keptBytes) kept.push(chunk.subarray(0, keptBytes - held));
    held = Math.min(held + chunk.length, keptBytes);
    total += chunk.length;
    if (total > limit) killGroup(child);
  };
  for (const stream of [child.stdout, child.stderr] as Readable[]) stream.on("data", read);
  return { text: () => Buffer.concat(kept).toString("utf8"), exceeded: () => total > limit };
}
