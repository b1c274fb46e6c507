// A job that can be stopped: it is told, cleans up, and the process ends with the signal's exit code.
import { onInterrupt } from "./on-interrupt.js";
import type { Terminal } from "./terminal.js";

/** Runs `job`; a signal aborts it and ends the process once it has cleaned up, a second one ends it at once. */
export async function interruptible<T>(
  terminal: Terminal,
  farewell: string,
  job: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let exitCode = 0;
  const stopListening = onInterrupt(
    (code) => {
      exitCode = code;
      controller.abort();
    },
    () => terminal.warn(farewell),
  );
  try {
    return await job(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    terminal.warn(farewell);
    return process.exit(exitCode);
  } finally {
    stopListening();
  }
}
