// L2: for root where bubblewrap cannot work, as in most containers. A folder that holds nothing but Node, its libraries
// and one program becomes the whole world of the process (chroot), which has a user of its own, L3's seccomp filter and
// its limits: no other file, process or network, no environment, nowhere to write. No namespace is needed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.js";
import { buildJail, inside } from "./jail.js";
import { type Launch, launch, numberOfStarter, type StartProcess } from "./launch.js";
import { limitOptions } from "./limit-options.js";
import { nodeArguments, permissionArguments } from "./node-flags.js";
import { freshUser, lackingForUsers } from "./own-users.js";
import { enterJail, lackingForPerl, sweepUser } from "./perl-guard.js";
import type { Limits, Sandbox, SandboxProcess } from "./sandbox.js";
import { canFilter, seccompFilter } from "./seccomp.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** What this machine lacks for L2, with the remedy; undefined when it can be tried. */
export function lackingForL2(): string | undefined {
  if (process.platform !== "linux") return `L2 needs Linux, this is ${process.platform}`;
  if (!canFilter(process.arch)) return `L2 has no seccomp filter for ${process.arch}`;
  if (findProgram("prlimit") === undefined) return "L2 needs prlimit: apt-get install util-linux";
  const lacking = lackingForPerl() ?? lackingForUsers();
  return lacking === undefined ? undefined : `L2 needs ${lacking}`;
}

/** `program` is the text of one CommonJS file, which may read `data` beside it. Throws when {@link lackingForL2} says why. */
export const openL2 = (program: string, data?: Buffer, start = launch): Promise<Sandbox> =>
  open(program, data, permissionArguments(inside.folder), start);

/** Without the innermost wall, Node's permission flag: canaries must meet the others. */
export const openL2Bare = (program: string): Promise<Sandbox> => open(program, undefined, [], launch);

async function open(
  program: string,
  data: Buffer | undefined,
  permissions: readonly string[],
  start: StartProcess,
): Promise<Sandbox> {
  const lacking = lackingForL2();
  if (lacking !== undefined) throw new Error(lacking);
  return temporarySandbox("L2", (folder) => {
    const jail = join(folder, "jail");
    const filter = join(folder, "filter.bpf");
    buildJail(jail, program, data);
    writeFileSync(filter, seccompFilter(process.arch as "x64" | "arm64"), { mode: 0o400 });
    return (limits) => {
      const node = [inside.node, ...nodeArguments(limits), ...permissions, inside.program];
      return startAlone({ jail, filter, node, start }, limits);
    };
  });
}

interface Alone {
  readonly jail: string;
  readonly filter: string;
  readonly node: readonly string[];
  readonly start: StartProcess;
}

/** Another user for each process: two of one user could starve each other, and sweeping one would end the other. */
async function startAlone({ jail, filter, node, start }: Alone, limits: Limits): Promise<SandboxProcess> {
  const user = freshUser();
  const [command, ...args] = [
    ...[findProgram("prlimit")!, ...limitOptions(limits, 0)],
    ...enterJail(jail, user, numberOfStarter, node),
  ];
  const started = await start({ command: command!, args, cwd: "/", files: [filter] }, limits);
  return sweptAtItsEnd(started, () => sweepAway(user, (what) => start(what, limits)));
}

/** The filter lets no process be made; should one be all the same, outside the group that is killed, this ends it. */
function sweptAtItsEnd(started: SandboxProcess, sweep: () => Promise<string>): SandboxProcess {
  const ended = started.ended.then(async (end) => {
    const trouble = await sweep().catch((error: Error) => error.message);
    return trouble === "" ? end : { ...end, output: `${end.output}\n[sandbox] not swept: ${trouble}` };
  });
  return {
    ...started,
    ended,
    async kill() {
      await started.kill();
      await ended;
    },
  };
}

/** What went wrong, for staff; empty when nothing did. */
async function sweepAway(user: number, start: (sweeper: Launch) => Promise<SandboxProcess>): Promise<string> {
  const [command, ...args] = sweepUser(user);
  const { exitCode, output } = await (await start({ command: command!, args, cwd: "/" })).ended;
  return exitCode === 0 ? "" : output.trim() || `exit code ${exitCode}`;
}
