// A kernel's process, and the promise that nothing of it outlives us: not after Ctrl-C, not after a crash of ours.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { removeConnectionFile } from "../protocol/connection.js";
import type { Death } from "./kernel.js";

export interface KernelProcess {
  readonly pid: number;
  /** Resolves when the process has ended, whatever ended it. */
  readonly died: Promise<Death>;
  readonly isDead: () => boolean;
  /** The end of what it wrote on its own stdout and stderr, where cells do not print. */
  readonly lastWords: () => string;
  /** What it wrote until now is of no interest any more. */
  readonly forgetWords: () => void;
  /** Both ends of its file descriptor 3, when it was asked for. */
  readonly pipe: Duplex | undefined;
  /** Sends SIGINT to the process and what it started, which may be the kernel proper; on Windows, ends it. */
  interrupt(): void;
  /** Kills the process and all that it started. */
  killTree(): void;
}

const onWindows = process.platform === "win32";
const keptCharacters = 4000;

export interface KernelCommand {
  /** Node's own, unless told. */
  readonly program?: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Removed when the process has ended or we end. */
  readonly connectionFile?: string;
  /** Gives the process a pipe to us as its file descriptor 3. */
  readonly hasPipe?: boolean;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export function spawnKernelProcess({
  program = process.execPath,
  args,
  folder,
  connectionFile = "",
  hasPipe = false,
  env = {},
}: KernelCommand): KernelProcess {
  // A group of its own: Ctrl-C in the terminal reaches only us, and the whole group can be killed at once.
  const child = spawn(program, args, {
    cwd: folder,
    detached: !onWindows,
    windowsHide: true,
    // Overlapped, on Windows: both sides may read and write at the same time. Elsewhere an ordinary pipe.
    stdio: ["ignore", "pipe", "pipe", ...(hasPipe ? (["overlapped"] as const) : [])],
    env: { ...plainOutput(process.env), ...env },
  });
  const pid = child.pid ?? 0;
  const words = keepLastWords(child);
  const guard = pid === 0 ? undefined : spawnGuard(pid, connectionFile);
  const killTree = () => killGroup(pid);
  const leaveNothing = () => {
    killTree();
    if (connectionFile !== "") removeConnectionFile(connectionFile);
  };
  process.once("exit", leaveNothing);

  let dead = false;
  const closed = once(child, "close").catch(() => {});
  const died = waitForEnd(child).then(async ({ exitCode, signal }): Promise<Death> => {
    dead = true;
    guard?.kill("SIGKILL");
    process.off("exit", leaveNothing);
    leaveNothing();
    await Promise.race([closed, delay(300, undefined, { ref: false })]);
    return { exitCode, signal, lastWords: words.last() };
  });
  return {
    pid,
    died,
    isDead: () => dead,
    lastWords: words.last,
    forgetWords: words.forget,
    pipe: (child.stdio[3] as Duplex | undefined) ?? undefined,
    interrupt: () => void (onWindows ? child.kill("SIGINT") : signalGroup(pid, "SIGINT")),
    killTree,
  };
}

/** The same bytes whatever terminal or CI we run in. */
function plainOutput(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NO_COLOR: "1", FORCE_COLOR: "0", NODE_DISABLE_COLORS: "1" };
}

/** Unlike `once(child, "exit")`, does not throw when the process could not even start. */
function waitForEnd(child: ChildProcess): Promise<{ exitCode: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
    child.once("error", () => resolve({ exitCode: null, signal: null }));
  });
}

function keepLastWords(child: ChildProcess): { last: () => string; forget: () => void } {
  let text = "";
  const keep = (chunk: Buffer | string) => {
    text = (text + chunk.toString()).slice(-keptCharacters);
  };
  child.once("error", ({ message }) => keep(message));
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const forget = () => {
    text = "";
  };
  return { last: () => text, forget };
}

function killGroup(pid: number): void {
  if (pid === 0) return;
  if (onWindows) {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    return;
  }
  signalGroup(pid, "SIGKILL");
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid !== 0) process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/**
 * If we are killed with SIGKILL no code of ours runs. The guard is a shell that waits on a pipe we hold: the pipe
 * closes with us, and it kills the kernel's group. Windows has no such shell; there the kernel would stay.
 */
function spawnGuard(pid: number, connectionFile: string): ChildProcess | undefined {
  if (onWindows) return undefined;
  const script = 'read -r _; kill -s KILL -- "-$1"; rm -f -- "$2"';
  const guard = spawn("/bin/sh", ["-c", script, "sh", String(pid), connectionFile], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => {});
  guard.unref();
  (guard.stdin as Socket | null)?.unref();
  return guard;
}
