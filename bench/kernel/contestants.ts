// The kernels that are measured: ours by both its ways, the stock tslab, Deno's; how each is started, what is missing.
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kernel } from "../../kernel/client/kernel.js";
import { kernelFlags, kernelProgram } from "../../kernel/client/kernel-command.js";
import { startKernel } from "../../kernel/client/retroprop-kernel.js";
import { startZeromqKernel } from "../../kernel/client/zeromq-kernel.js";

export interface Contestant {
  /** As the report names it. */
  readonly name: string;
  /** Starts it in a folder, as a front end would. */
  readonly start: (folder: string) => Promise<Kernel>;
}

/** bench/ itself, seen from dist/bench/kernel/. */
export const benchFolder = fileURLToPath(new URL("../../../bench", import.meta.url));

/** Those that can run here, and a line with the remedy for each that cannot. */
export function findContestants(): { present: Contestant[]; missing: string[] } {
  const tslab = tslabProgram();
  const deno = denoProgram();
  const present = [
    ours,
    oursByZeromq,
    ...(tslab === undefined ? [] : [overZeromq("stock tslab", process.execPath, tslab, "kernel", "--config-path")]),
    ...(deno === undefined ? [] : [overZeromq("Deno's kernel", deno, "jupyter", "--kernel", "--conn")]),
  ];
  const missing = [
    ...(tslab === undefined ? ["without stock tslab: npm ci"] : []),
    ...(deno === undefined ? ["without Deno's kernel: npm ci --prefix bench/peers"] : []),
  ];
  return { present, missing };
}

const ours: Contestant = { name: "retroprop (pipe)", start: (folder) => startKernel({ folder }) };

const oursByZeromq: Contestant = overZeromq(
  "retroprop (ZeroMQ)",
  process.execPath,
  ...kernelFlags,
  kernelProgram,
  "--connection-file",
);

/** `argv` up to where the connection file is named. */
function overZeromq(name: string, program: string, ...args: readonly string[]): Contestant {
  return { name, start: (folder) => startZeromqKernel([program, ...args, "{connection_file}"], { folder }) };
}

export function tslabProgram(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("tslab/bin/tslab");
  } catch {
    return undefined;
  }
}

/** npm installs the executable of this platform alone, in a package beside that of `deno`. */
function denoProgram(): string | undefined {
  const folder = join(benchFolder, "peers/node_modules/@deno");
  if (!existsSync(folder)) return undefined;
  const name = process.platform === "win32" ? "deno.exe" : "deno";
  return readdirSync(folder)
    .map((platform) => join(folder, platform, name))
    .find(existsSync);
}
