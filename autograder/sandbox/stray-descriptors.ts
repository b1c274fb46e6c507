// Descriptors that whoever started us left open: a terminal, a log, a lock. All that we start would have them too, in every
// sandbox. Node closes the first sixteen to its children, and what follows up to the first number that is free: not more.
import { readdirSync, readFileSync } from "node:fs";

let found: readonly number[] | undefined;

/** Their numbers, from 3: looked for once, since Node itself opens nothing that its children have. Only Linux tells. */
export function strayDescriptors(): readonly number[] {
  found ??= process.platform === "linux" ? look() : [];
  return found;
}

function look(): number[] {
  try {
    return readdirSync("/proc/self/fdinfo").map(Number).filter(isStray);
  } catch {
    return []; // without /proc
  }
}

/** What `fcntl` calls FD_CLOEXEC, as /proc shows it. */
const closedToChildren = 0o2000000;

function isStray(descriptor: number): boolean {
  if (descriptor < 3) return false;
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closedToChildren) === 0;
  } catch {
    return false; // that of the list itself: closed by now
  }
}
