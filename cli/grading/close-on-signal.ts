// Ctrl-C leaves no process and no temporary folder behind.
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * On a signal, closes `resource` and ends the process with the usual exit code; a second signal ends it at once.
 * Returns what stops listening.
 */
export function closeOnSignal(resource: { close(): Promise<void> }, say: () => void): () => void {
  let interrupted = false;
  const onSignal = (name: (typeof signals)[number]) => {
    const exitCode = 128 + constants.signals[name];
    if (interrupted) process.exit(exitCode);
    interrupted = true;
    say();
    void resource.close().finally(() => process.exit(exitCode));
  };
  for (const name of signals) process.on(name, onSignal);
  return () => {
    for (const name of signals) process.off(name, onSignal);
  };
}
