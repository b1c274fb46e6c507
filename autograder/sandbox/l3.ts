// L3: bubblewrap, a seccomp filter, limits and, where the judge is root, a user of its own for each process. Inside it is
// nothing but Node, its libraries and one program: no other file, process or network, no environment, nowhere to write.
// There is no /proc and no /dev either, which Node does without: to mount them is a tenth of a start.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.js";
import { inside } from "./jail.js";
import { type Launch, launch, type StartProcess } from "./launch.js";
import { limitOptions } from "./limit-options.js";
import { nodeArguments, permissionArguments } from "./node-flags.js";
import { nodeLibraries } from "./node-libraries.js";
import { canChangeUser, freshUser, lackingForUsers } from "./own-users.js";
import { programFiles } from "./program.js";
import type { Limits, Sandbox } from "./sandbox.js";
import { canFilter, seccompFilter } from "./seccomp.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** What this machine lacks for L3, with the remedy; undefined when it can be tried. */
export function lackingForL3(): string | undefined {
  if (process.platform !== "linux") return `L3 needs Linux, this is ${process.platform}`;
  if (!canFilter(process.arch)) return `L3 has no seccomp filter for ${process.arch}`;
  if (findProgram("bwrap") === undefined) return "L3 needs bubblewrap: apt-get install bubblewrap";
  if (findProgram("prlimit") === undefined) return "L3 needs prlimit: apt-get install util-linux";
  const lacking = canChangeUser() ? lackingForUsers() : undefined;
  return lacking === undefined ? undefined : `L3 needs ${lacking}`;
}

/** `program` is the text of one CommonJS file, which may read `data` beside it. Throws when {@link lackingForL3} says why. */
export const openL3 = (program: string, data?: Buffer, start = launch): Promise<Sandbox> =>
  open(program, data, permissionArguments(inside.folder), start);

/** Without the innermost wall, Node's permission flag: canaries must meet the others. */
export const openL3Bare = (program: string): Promise<Sandbox> => open(program, undefined, [], launch);

async function open(
  program: string,
  data: Buffer | undefined,
  permissions: readonly string[],
  start: StartProcess,
): Promise<Sandbox> {
  const lacking = lackingForL3();
  if (lacking !== undefined) throw new Error(lacking);
  return temporarySandbox("L3", (folder) => {
    const files = writeFiles(folder, program, data ?? Buffer.alloc(0));
    return (limits) => {
      const node = [inside.node, ...nodeArguments(limits), ...permissions, inside.program];
      return start({ ...commandLine(limits, node), files }, limits);
    };
  });
}

/** In the order of their descriptors, from 4. */
type Files = readonly [filter: string, options: string, program: string, data: string];

/** Read through descriptors of whoever starts a process: their folder is closed to the users of submissions. */
function writeFiles(folder: string, program: string, data: Buffer): Files {
  const write = (name: string, contents: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, contents, { mode: 0o400 });
    return path;
  };
  return [
    write("filter.bpf", seccompFilter(process.arch as "x64" | "arm64")),
    write("options", `${bubblewrapOptions(nodeLibraries()).join("\0")}\0`),
    write(programFiles.text, program),
    write(programFiles.data, data),
  ];
}

/**
 * The host's paths travel in the file of options, which bubblewrap reads and closes: /proc/1/cmdline is open to all.
 * No session of its own: `launch` has begun one, without a terminal, and what bubblewrap starts must stay in its group,
 * which is all that can be killed before bubblewrap has tied it to its own life.
 */
const bubblewrapOptions = (libraries: readonly string[]): string[] => [
  ...["--unshare-all", "--die-with-parent", "--clearenv"],
  ...["--ro-bind", process.execPath, inside.node],
  ...libraries.flatMap((library) => ["--ro-bind", library, library]),
  ...["--ro-bind-data", "6", inside.program, "--ro-bind-data", "7", inside.data],
  ...["--remount-ro", "/", "--chdir", inside.folder],
  ...["--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--seccomp", "4"],
];

/** Bubblewrap itself writes the program and its data, into files in memory; then nothing is left that could be written. */
const bindDataBytes = 4 * 2 ** 20;

function commandLine(limits: Limits, node: readonly string[]): Launch {
  const args = [...limitOptions(limits, bindDataBytes), findProgram("bwrap")!, "--args", "5", ...node];
  const launched = { command: findProgram("prlimit")!, args, cwd: "/" };
  return canChangeUser() ? { ...launched, user: freshUser() } : launched;
}
