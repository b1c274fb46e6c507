// One line to who looks after the kernel's process: what cells print never goes there.
import { writeSync } from "node:fs";

/** Written at once, from any thread: `process.stderr` waits for the main one, and belongs to the cells. */
export function say(line: string): void {
  try {
    writeSync(2, `retroprop kernel: ${line}\n`);
  } catch {
    // Nobody listens any more.
  }
}
