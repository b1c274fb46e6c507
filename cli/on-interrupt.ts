// Ctrl-C, SIGTERM and SIGHUP, heard in one place: what to do the first time, and from the second on.
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `first` at the first signal with the exit code that goes with it; a later signal calls `again`, then ends the
 * process at once. Returns what stops listening.
 */
export function onInterrupt(first: (exitCode: number) => void, again: () => void = () => {}): () => void {
  let interrupted: number | undefined;
  const onSignal = (name: (typeof signals)[number]) => {
    if (interrupted !== undefined) {
      again();
      process.exit(interrupted);
    }
    interrupted = 128 + constants.signals[name];
    first(interrupted);
  };
  for (const name of signals) process.on(name, onSignal);
  return () => {
    for (const name of signals) process.off(name, onSignal);
  };
}
