// Ctrl-C, SIGTERM and SIGHUP: the job is told, cleans up, and the process ends with the signal's exit code.
import { constants } from "node:os";
import type { Terminal } from "./terminal.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `job`; a signal aborts it and ends the process once it has cleaned up, a second one ends it at once. */
export async function interruptible<T>(
  terminal: Terminal,
  farewell: string,
  job: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let exitCode = 0;
  const onSignal = (name: (typeof signals)[number]) => {
    if (exitCode !== 0) {
      terminal.warn(farewell);
      process.exit(exitCode);
    }
    exitCode = 128 + constants.signals[name];
    controller.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  try {
    return await job(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    terminal.warn(farewell);
    return process.exit(exitCode);
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}
