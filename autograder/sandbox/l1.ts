// L1: a Node process under Node's permission flag. Holds reading, writing and starting programs; on Linux and macOS a
// guard keeps the judge from being its parent. It does NOT hold signals to processes of the same user, nor the network.
import { type Launch, launch } from "./launch.js";
import { dataLimitMb, nodeArguments, permissionArguments } from "./node-flags.js";
import { writeProgram } from "./program.js";
import type { Limits, Sandbox } from "./sandbox.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** `program` is the text of one CommonJS file, which may read `data` beside it. */
export async function openL1(program: string, data?: Buffer, start = launch): Promise<Sandbox> {
  return temporarySandbox("L1", (folder) => {
    const file = writeProgram(folder, program, data);
    return (limits) => start(commandLine(file, folder, limits), limits);
  });
}

function commandLine(file: string, folder: string, limits: Limits): Launch {
  const node = [process.execPath, ...nodeArguments(limits), ...permissionArguments(folder), file];
  if (process.platform === "win32") return { command: node[0]!, args: node.slice(1), cwd: folder };
  return { command: "/bin/sh", args: ["-c", guard(limits), "sh", ...node], cwd: folder };
}

/**
 * A shell stands between: who kills the parent of its process kills the guard, and the judge then ends the group.
 * Limits that the system does not know are left out.
 */
const guard = (limits: Limits): string =>
  [
    "unset PWD OLDPWD SHLVL",
    "ulimit -c 0 2>/dev/null",
    "ulimit -n 128 2>/dev/null",
    `ulimit -S -t ${limits.cpuSeconds} 2>/dev/null`, // SIGXCPU: the limit can be told from a kill
    `ulimit -H -t ${limits.cpuSeconds + 2} 2>/dev/null`,
    `ulimit -d ${dataLimitMb(limits) * 1024} 2>/dev/null`,
    '"$@"',
    "exit $?", // without it the shell becomes the program
  ].join("\n");
