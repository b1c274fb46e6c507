// The strongest sandbox of this machine whose canaries hold, for submissions that import one edition of the library.
import { bundleHarness } from "./bundle.js";
import type { Rehearsal } from "./bytecode.js";
import { doesNotStart, type KnownLayer, knownLayers } from "./known-layers.js";
import { openL1 } from "./l1.js";
import { openForMany } from "./open-for-many.js";
import { type Canary, isAtLeast, type Layer, type Sandbox } from "./sandbox.js";
import { selfTest } from "./self-test.js";

export interface SandboxOptions {
  /** Folder of the package `retroprop` that submissions import. */
  readonly editionFolder: string;
  /** The weakest layer that will do; L1 unless told. */
  readonly require?: Layer;
  /** This layer or none, whatever stronger one there is. */
  readonly use?: Layer;
  /** Worth its time where many submissions follow: their processes then start from its bytecode, and by a launcher. */
  readonly rehearse?: Rehearsal;
}

export interface ChosenSandbox {
  /** The caller closes it. */
  readonly sandbox: Sandbox;
  readonly layer: Layer;
  readonly canaries: readonly Canary[];
  /** One line with its remedy for each stronger layer. */
  readonly whyNotStronger?: string;
}

/** No layer of this machine is strong enough. The message says what is missing and what to do. */
export class IsolationError extends Error {}

/** @throws IsolationError when no layer that is asked for holds */
export async function chooseSandbox(options: SandboxOptions): Promise<ChosenSandbox> {
  const { use, require } = options;
  const weakest = require ?? use ?? "L1";
  if (use !== undefined && !isAtLeast(use, weakest))
    throw new IsolationError(`isolation ${use} is asked for, and ${weakest} is the weakest that will do`);
  const reasons: string[] = [];
  for (const known of knownLayers.filter(({ layer }) => layer === (use ?? layer) && isAtLeast(layer, weakest))) {
    const found = await tryLayer(known);
    if ("canaries" in found) return openFor(options, known, found.canaries, reasons);
    reasons.push(found.whyNot);
  }
  throw new IsolationError(`isolation ${use ?? weakest} is required and is not to be had: ${reasons.join("; ")}`);
}

/** L1 without its canaries, at once: for the student's own code on the student's own machine. */
export const openForCheck = async (editionFolder: string): Promise<Sandbox> =>
  openL1(await bundleHarness(editionFolder));

async function openFor(
  { editionFolder, rehearse }: SandboxOptions,
  known: KnownLayer,
  canaries: readonly Canary[],
  reasons: readonly string[],
): Promise<ChosenSandbox> {
  const harness = await bundleHarness(editionFolder);
  const sandbox = rehearse === undefined ? await known.open(harness) : await openForMany(known, harness, rehearse);
  return {
    sandbox,
    layer: known.layer,
    canaries,
    ...(reasons.length === 0 ? {} : { whyNotStronger: reasons.join("; ") }),
  };
}

type Found = { readonly canaries: readonly Canary[] } | { readonly whyNot: string };

async function tryLayer(known: KnownLayer): Promise<Found> {
  const lacking = known.lacking();
  if (lacking !== undefined) return { whyNot: lacking };
  try {
    return judgeCanaries(known, await selfTest(known.openForCanaries));
  } catch (error) {
    return { whyNot: doesNotStart(known, (error as Error).message) };
  }
}

function judgeCanaries({ layer, mustHold }: KnownLayer, canaries: readonly Canary[]): Found {
  const broken = canaries.filter(({ held }) => !held).map(({ name, observed }) => `${name} (${observed})`);
  if (!mustHold || broken.length === 0) return { canaries };
  return { whyNot: `${layer} does not hold here: ${broken.join(", ")}` };
}
