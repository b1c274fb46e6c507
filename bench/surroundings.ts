// What every bench needs of where it runs: the name of the machine, and a folder of its own that goes with the process.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir, type } from "node:os";
import { join } from "node:path";

/** `AMD EPYC × 2, Linux 6.18`. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? "unknown"} × ${cpus().length}, ${type()} ${release()}`;
}

export const machineAndNode = (): string => `${machine()}, Node ${process.version}`;

/** It goes with this process, also when that is interrupted. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.once("SIGINT", () => process.exit(130));
  return folder;
}
