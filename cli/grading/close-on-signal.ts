// Ctrl-C leaves no process and no temporary folder behind.
import { onInterrupt } from "../on-interrupt.js";

/**
 * On a signal, closes `resource` and ends the process with the usual exit code; a second signal ends it at once.
 * Returns what stops listening.
 */
export function closeOnSignal(resource: { close(): Promise<void> }, say: () => void): () => void {
  return onInterrupt((exitCode) => {
    say();
    void resource.close().finally(() => process.exit(exitCode));
  });
}
