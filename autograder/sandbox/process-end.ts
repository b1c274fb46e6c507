// What a system tells of a process that has ended → how it ended.
import { constants } from "node:os";
import type { ProcessEnd } from "./sandbox.js";

/** As Node gives it. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Printed {
  text(): string;
  exceeded(): boolean;
}

export function describeEnd(exit: Exit, printed: Printed, platform: NodeJS.Platform = process.platform): ProcessEnd {
  const isWindows = platform === "win32";
  const { exitCode, signal } = isWindows ? exit : withoutGuard(exit);
  const crashed = isWindows ? crashCodes.has(exitCode ?? 0) : signal !== null && crashSignals.has(signal);
  return {
    exitCode,
    signal,
    output: printed.text(),
    outputExceeded: printed.exceeded(),
    memoryExceeded: crashed && /out of memory/i.test(printed.text()),
    cpuExceeded: signal === "SIGXCPU",
  };
}

/** How V8 ends when memory does. */
const crashSignals = new Set<NodeJS.Signals>(["SIGABRT", "SIGILL", "SIGTRAP", "SIGSEGV"]);

/** The same on Windows: Node's own code for an abort, a breakpoint, an access violation, a stop at once. */
const crashCodes = new Set([134, 0x80000003, 0xc0000005, 0xc0000409]);

/** Guards and bubblewrap end with 128 + the signal of what they ran. */
function withoutGuard({ exitCode, signal }: Exit): Exit {
  const ofInner = exitCode !== null && exitCode > 128 ? signalNamed(exitCode - 128) : null;
  return ofInner === null ? { exitCode, signal } : { exitCode: null, signal: ofInner };
}

const signalNamed = (number: number): NodeJS.Signals | null =>
  (Object.entries(constants.signals).find(([, value]) => value === number)?.[0] as NodeJS.Signals | undefined) ?? null;
