// The limits of the system under which a submission runs, as options of util-linux's `prlimit`.
import { dataLimitMb } from "./node-flags.js";
import { canChangeUser } from "./own-users.js";
import type { Limits } from "./sandbox.js";

/**
 * `fileBytes` is the longest file that may be written; standard output and the channel are no files.
 * Threads count as processes of their user, whoever started them: a limit only where the user is the submission's own.
 */
export const limitOptions = (limits: Limits, fileBytes: number): string[] => [
  `--data=${dataLimitMb(limits) * 2 ** 20}`,
  `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 2}`, // SIGXCPU first: the limit can be told from a kill
  `--stack=${8 * 2 ** 20}`,
  `--fsize=${fileBytes}`,
  "--core=0",
  "--nofile=128",
  ...(canChangeUser() ? ["--nproc=64"] : []),
];
