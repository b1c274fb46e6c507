// How much of a processor a process has had, and whether it waits for more: Linux tells, in /proc, and no other system.
import { readFileSync } from "node:fs";

export interface ProcessorUse {
  /** Of the process and of those it started, all threads together. */
  readonly milliseconds: number;
  /** One of them runs, or would if a processor were free: it does not wait for anything else. */
  readonly wantsMore: boolean;
}

/** Undefined where the system does not tell, and when the process has ended. */
export function processorUse(pid: number): ProcessorUse | undefined {
  try {
    const family = [pid];
    const uses = [];
    for (const one of family) {
      family.push(...childrenOf(one)); // bubblewrap and guards stand before the program
      uses.push(useOf(one));
    }
    const milliseconds = uses.reduce((sum, use) => sum + use.milliseconds, 0);
    return { milliseconds, wantsMore: uses.some(({ wantsMore }) => wantsMore) };
  } catch {
    return undefined;
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean).map(Number);

/** The kernel counts in hundredths of a second, whatever the machine. */
const tickMs = 10;

/** proc(5): after the name, which may hold anything, the state is field 3, the times of user and system 14 and 15. */
function useOf(pid: number): ProcessorUse {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { milliseconds: (Number(fields[11]) + Number(fields[12])) * tickMs, wantsMore: fields[0] === "R" };
}
