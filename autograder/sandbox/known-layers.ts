// The layers there are: what each needs, how it is opened and tested, and what to do where it does not start.
import { openL0 } from "./l0.js";
import { openL1 } from "./l1.js";
import { lackingForL2, openL2, openL2Bare } from "./l2.js";
import { lackingForL3, openL3, openL3Bare } from "./l3.js";
import type { StartProcess } from "./launch.js";
import { type Layer, type Sandbox, usualLimits } from "./sandbox.js";

export interface KnownLayer {
  readonly layer: Layer;
  readonly what: string;
  /** What this machine lacks, in one line with the remedy; undefined when it can be tried. */
  readonly lacking: () => string | undefined;
  readonly open: (program: string, data?: Buffer, start?: StartProcess) => Promise<Sandbox>;
  /** As its canaries meet it: without the walls that would hide whether the others stand. */
  readonly openForCanaries: (program: string) => Promise<Sandbox>;
  /** Only a layer whose every canary is held is chosen. */
  readonly mustHold: boolean;
  /** The line that says what to do about `message`, with which it did not start. */
  readonly withRemedy: (message: string) => string;
}

/** Strongest first. */
export const knownLayers: readonly KnownLayer[] = [
  {
    layer: "L3",
    what: "bubblewrap, seccomp, own user",
    lacking: lackingForL3,
    open: openL3,
    openForCanaries: openL3Bare,
    mustHold: true,
    withRemedy: (message) =>
      /namespace|Operation not permitted|uid map/i.test(message)
        ? `${message}; allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or start the container with --security-opt seccomp=unconfined`
        : message,
  },
  {
    layer: "L2",
    what: "own user, chroot, seccomp",
    lacking: lackingForL2,
    open: openL2,
    openForCanaries: openL2Bare,
    mustHold: true,
    withRemedy: remedyForL2,
  },
  {
    layer: "L1",
    what: "Node's permissions, for code you trust",
    lacking: () => undefined,
    open: openL1,
    openForCanaries: openL1,
    mustHold: false,
    withRemedy: (message) => message,
  },
  {
    layer: "L0",
    what: "a plain process, never for marks",
    lacking: () => undefined,
    open: openL0,
    openForCanaries: openL0,
    mustHold: false,
    withRemedy: (message) => message,
  },
];

function remedyForL2(message: string): string {
  if (/Operation not permitted/.test(message))
    return `${message}; start the container with Docker's usual capabilities (SYS_CHROOT, SETUID, SETGID, KILL)`;
  if (/^exec: Permission denied/.test(message))
    return `${message}; programs may not run from the folder of temporary files: set TMPDIR to one where they may`;
  return /^seccomp: /.test(message) ? `${message}; use a kernel that has seccomp filters` : message;
}

/** Why `known` does not run a program here, in one line with the remedy; undefined when it does. Quick: no canaries. */
export async function whyNot(known: KnownLayer): Promise<string | undefined> {
  const lacking = known.lacking();
  if (lacking !== undefined) return lacking;
  try {
    const trouble = await runHello(known);
    return trouble === undefined ? undefined : doesNotStart(known, trouble);
  } catch (error) {
    return doesNotStart(known, (error as Error).message);
  }
}

export const doesNotStart = ({ layer, withRemedy }: KnownLayer, message: string): string =>
  `${layer} does not start: ${withRemedy(message)}`;

/** What it said instead of ending well. */
async function runHello({ open }: KnownLayer): Promise<string | undefined> {
  const sandbox = await open("process.exit(42)");
  try {
    const { ended } = await sandbox.run(usualLimits, 0);
    const { exitCode, signal, output } = await ended;
    return exitCode === 42 ? undefined : output.trim().split("\n")[0] || `it ended with ${signal ?? exitCode}`;
  } finally {
    await sandbox.close();
  }
}
