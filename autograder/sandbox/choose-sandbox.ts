// The strongest sandbox of this machine whose canaries hold, for submissions that import one edition of the library.
import { bundleHarness } from "./bundle.js";
import { openL1 } from "./l1.js";
import { lackingForL3, openL3, openL3Bare } from "./l3.js";
import { type Canary, isAtLeast, type Layer, type Sandbox } from "./sandbox.js";
import { selfTest } from "./self-test.js";

export interface SandboxOptions {
  /** Folder of the package `retroprop` that submissions import. */
  readonly editionFolder: string;
  /** The weakest layer that will do. */
  readonly require?: Layer;
}

export interface ChosenSandbox {
  /** The caller closes it. */
  readonly sandbox: Sandbox;
  readonly layer: Layer;
  readonly canaries: readonly Canary[];
  /** One line with its remedy, when a stronger layer exists. */
  readonly whyNotStronger?: string;
}

/** No layer of this machine is strong enough. The message says what is missing and what to do. */
export class IsolationError extends Error {}

/** @throws IsolationError when no layer at least as strong as `require` holds */
export async function chooseSandbox({ editionFolder, require = "L1" }: SandboxOptions): Promise<ChosenSandbox> {
  const harness = await bundleHarness(editionFolder);
  const strongest = await tryL3();
  if ("canaries" in strongest) return { sandbox: await openL3(harness), layer: "L3", canaries: strongest.canaries };
  const { whyNot } = strongest;
  if (!isAtLeast("L1", require))
    throw new IsolationError(`isolation ${require} is required and L1 is all there is: ${whyNot}`);
  const canaries = await selfTest(openL1);
  return { sandbox: await openL1(harness), layer: "L1", canaries, whyNotStronger: whyNot };
}

/** L1 without its canaries, at once: for the student's own code on the student's own machine. */
export const openForCheck = async (editionFolder: string): Promise<Sandbox> =>
  openL1(await bundleHarness(editionFolder));

async function tryL3(): Promise<{ readonly canaries: readonly Canary[] } | { readonly whyNot: string }> {
  const lacking = lackingForL3();
  if (lacking !== undefined) return { whyNot: lacking };
  try {
    return judgeCanaries(await selfTest(openL3Bare));
  } catch (error) {
    return { whyNot: `L3 does not start: ${withRemedy(String((error as Error).message))}` };
  }
}

function judgeCanaries(canaries: readonly Canary[]): { canaries: readonly Canary[] } | { whyNot: string } {
  const broken = canaries.filter(({ held }) => !held).map(({ name, observed }) => `${name} (${observed})`);
  return broken.length === 0 ? { canaries } : { whyNot: `L3 does not hold here: ${broken.join(", ")}` };
}

/** Containers and some distributions keep user namespaces for root. */
const withRemedy = (message: string): string =>
  /namespace|Operation not permitted|uid map/i.test(message)
    ? `${message}; allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or start the container with --security-opt seccomp=unconfined`
    : message;
