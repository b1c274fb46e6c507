// Starts the process of a sandbox: no environment, its own process group, what it prints drained and cut.
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import type { Duplex, Readable } from "node:stream";
import { environmentOn } from "./environment.js";
import { describeEnd, type Exit, type Printed } from "./process-end.js";
import { processorUse } from "./processor-use.js";
import type { Limits, ProcessEnd, SandboxProcess } from "./sandbox.js";
import { strayDescriptors } from "./stray-descriptors.js";

/** Plain values: they may travel to another process, which starts it. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What it reads through descriptors, from 4. */
  readonly files?: readonly string[];
  /** Who it is from its first instruction, user and group, in no other group: the number of processes does not bind root. */
  readonly user?: number;
}

/** The argument that stands for the number of the process that starts it. */
export const numberOfStarter = "{number of starter}";

export type StartProcess = (what: Launch, limits: Limits) => Promise<SandboxProcess>;

/**
 * From this process.
 *
 * @throws what the system says when it has no descriptor left to give: then there is not even a process that ends
 */
export const launch: StartProcess = async (what, limits) => {
  const started = await startOn("pipe", what, limits);
  return talkingOn(started.channel!, started);
};

/** A process that runs, whoever has started it. */
export interface Started {
  /** Undefined of one that could not be started. */
  readonly pid: number | undefined;
  /** Once it has ended and what it wrote is read, by whoever has started it. */
  readonly ended: Promise<ProcessEnd>;
  kill(): void;
}

/** `channel` becomes its descriptor 3; where a pipe is made, the other end of it comes back. */
export async function startOn(
  channel: "pipe" | Duplex,
  what: Launch,
  limits: Limits,
): Promise<Started & { readonly channel: Duplex | undefined }> {
  const child = withFilesOpen([...(what.files ?? []), devNull], (descriptors) => {
    const nothing = descriptors.at(-1)!;
    const given: Stdio = ["ignore", "pipe", "pipe", channel, ...descriptors.slice(0, -1)];
    return spawnWith(withoutStrays(given, nothing), what);
  });
  if ((child.stdio as unknown) === undefined) throw (await once(child, "error"))[0];
  const output = keepOutput(child, limits.outputBytes);
  return {
    pid: child.pid,
    channel: (child.stdio[3] as Duplex | null) ?? undefined,
    ended: endOf(child).then((exit) => describeEnd(exit, output)),
    kill: () => killGroupOf(child),
  };
}

export function talkingOn(channel: Duplex, { pid, ended, kill }: Started): SandboxProcess {
  channel.on("error", () => {}); // writing to a process that has ended: `ended` tells
  return {
    requests: channel,
    replies: channel,
    ended,
    processorUse: () => (pid === undefined ? undefined : processorUse(pid)),
    async kill() {
      kill();
      await ended;
    },
  };
}

/** Kills the group that `pid` leads. A guard or bubblewrap, which do, may be dead already: their group is not. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // no such group any more
  }
}

/** How long the streams of a process that has ended may stay open: somebody else could hold them. */
export const lingerMs = 500;

const isWindows = process.platform === "win32";
const environment = environmentOn(process.platform, process.env);

function withFilesOpen<T>(files: readonly string[], use: (descriptors: readonly number[]) => T): T {
  const descriptors: number[] = [];
  try {
    for (const file of files) descriptors.push(openSync(file, "r"));
    return use(descriptors);
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

type Stdio = ("ignore" | "pipe" | Duplex | number)[];

/** What a process is started with, and `nothing` in place of each descriptor that was left open to us. */
function withoutStrays(stdio: Stdio, nothing: number): Stdio {
  for (const stray of strayDescriptors()) {
    while (stdio.length <= stray) stdio.push("ignore");
    if (stdio[stray] === "ignore") stdio[stray] = nothing;
  }
  return stdio;
}

function spawnWith(stdio: Stdio, what: Launch): ChildProcess {
  const { command, cwd, user } = what;
  const args = what.args.map((arg) => (arg === numberOfStarter ? `${process.pid}` : arg));
  const own = user === undefined ? {} : { uid: user, gid: user };
  return spawn(command, args, {
    cwd,
    env: environment,
    stdio: stdio as StdioOptions,
    detached: !isWindows,
    windowsHide: true,
    ...own,
  });
}

/** A process that could not be started ends too. */
function endOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      child.stderr?.emit("data", Buffer.from(error.message));
      resolve({ exitCode: null, signal: null });
    });
    child.once("exit", () => {
      killGroupOf(child); // what it started goes with it
      // After what waits to be read, should we ourselves have been held up as long.
      setTimeout(() => setImmediate(() => destroyStreams(child)), lingerMs).unref();
    });
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

function destroyStreams({ stdio }: ChildProcess): void {
  for (const stream of stdio) stream?.destroy();
}

function killGroupOf(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (isWindows) child.kill("SIGKILL");
  else killGroup(child.pid);
}

const keptBytes = 64 * 1024;

/** Reads everything, so that a process which prints a lot is never stuck, and keeps the beginning. */
function keepOutput(child: ChildProcess, limit: number): Printed {
  let kept = Buffer.alloc(0);
  let [total, held] = [0, 0];
  const read = (chunk: Buffer) => {
    if (kept.length === 0) kept = Buffer.alloc(keptBytes); // one for all: who prints byte by byte makes thousands of chunks
    held += chunk.copy(kept, held);
    total += chunk.length;
    if (total > limit) killGroupOf(child);
  };
  for (const stream of [child.stdout, child.stderr] as Readable[]) stream.on("data", read);
  return { text: () => kept.toString("utf8", 0, held), exceeded: () => total > limit };
}
