// Which process this is, in words that another one can check after it has been killed.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When it started, in the system's own units, where the system says it: a number given again is then told apart. */
  readonly startedAt?: string;
}

export const thisProcess = (): ProcessIdentity => identityOf(process.pid);

function identityOf(pid: number): ProcessIdentity {
  const startedAt = startOf(pid);
  return { pid, host: hostname(), ...(startedAt === undefined ? {} : { startedAt }) };
}

/** False only where it is certain: the process was of this machine, and is no more. */
export function mayBeAlive({ pid, host, startedAt }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  if (!exists(pid)) return false;
  const now = startOf(pid);
  return startedAt === undefined || now === undefined || startedAt === now;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}

/** Field 22 of Linux's /proc/PID/stat; the second one, a name, may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
