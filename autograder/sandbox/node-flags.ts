// Flags of a Node process that runs a submission: Node's permission model, limits, and nothing of the environment.
import type { Limits } from "./sandbox.js";

/** Node 20 knows the permission model under its first name. */
const permissionFlag = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

/** The process may read `folder` and write nowhere, start nothing, load no native code. */
export const permissionArguments = (folder: string): string[] => [
  permissionFlag,
  `--allow-fs-read=${folder}/*`,
  "--no-addons",
];

const v8 = Number.parseInt(process.versions.v8, 10);

/**
 * Of a short life, a third goes to optimising what has nearly ended: only loops that last are worth it. Later V8 refuses
 * the flag by this name.
 */
const optimiseLate: readonly string[] = v8 < 12 ? ["--interrupt-budget=1000000"] : [];

export const nodeArguments = ({ heapMb }: Limits): string[] => [
  "--no-warnings",
  "--experimental-vm-modules", // how the harness answers imports itself
  "--unhandled-rejections=none", // a promise that nobody waits for costs no mark
  `--max-old-space-size=${heapMb}`,
  "--random-seed=1", // who draws with Math.random draws the same again, and has the same marks with the same seed
  "--no-rehash-snapshot", // one process a submission: a seventh of its start would go to a seed of its own for hash tables
  ...optimiseLate,
];

/** V8 13, of Node 24, reserves address space for code in a way that the system counts as data. */
const reservedMb = v8 >= 13 ? 512 : 0;

/** What the system is told, so that `dataMb` means the same under every Node. */
export const dataLimitMb = ({ dataMb }: Limits): number => dataMb + reservedMb;
