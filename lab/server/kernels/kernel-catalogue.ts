// The kernels that a notebook may ask for: ours, which is always there, and those that are installed for Jupyter.
import { type BrokenKernelspec, findKernels, type InstalledKernel } from "../../../kernel/client/kernelspecs.js";
import type { JupyterMessage, RelayedKernel } from "../../../kernel/client/relayed-kernel.js";
import { startRelayedZeromqKernel } from "../../../kernel/client/relayed-zeromq-kernel.js";
import type { KernelKind, StartKernel } from "./lab-kernel.js";

/** Whatever else is installed under that name: the course's notebooks ask for ours by it. */
const ourKernelName = "tslab";

/** Finds and starts the kernels that are not ours. */
export interface InstalledKernels {
  find: typeof findKernels;
  start(kernel: InstalledKernel, folder: string, onMessage: (message: JupyterMessage) => void): RelayedKernel;
}

export const onThisMachine: InstalledKernels = { find: findKernels, start: startRelayedZeromqKernel };

export class KernelCatalogue {
  readonly ours: KernelKind;
  private readonly installed: InstalledKernels;
  private readonly onBroken: (broken: BrokenKernelspec) => void;
  private readonly saidBroken = new Set<string>();
  private others: readonly InstalledKernel[] = [];

  /** `onBroken` hears once of each kernelspec that is left out. */
  constructor(start: StartKernel, installed: InstalledKernels, onBroken: (broken: BrokenKernelspec) => void) {
    this.ours = { name: ourKernelName, start };
    this.installed = installed;
    this.onBroken = onBroken;
    this.look();
  }

  /** Undefined when there is none of that name, though it was looked for again: it may have been installed since. */
  find(name: string): KernelKind | undefined {
    if (name === ourKernelName) return this.ours;
    const isNamed = (kernel: InstalledKernel) => kernel.name === name.toLowerCase();
    if (!this.others.some(isNamed)) this.look();
    const kernel = this.others.find(isNamed);
    if (kernel === undefined) return undefined;
    return { name: kernel.name, start: (folder, onMessage) => this.installed.start(kernel, folder, onMessage) };
  }

  /** In the form of Jupyter's kernelspecs API. Looked for again: a page asks when it is loaded, and it is a matter of files. */
  list() {
    this.look();
    const specs = [ourSpec, ...this.others.map(specOf)];
    return { default: ourKernelName, kernelspecs: Object.fromEntries(specs.map((spec) => [spec.name, spec])) };
  }

  private look(): void {
    const { kernels, broken } = this.installed.find();
    this.others = kernels.filter(({ name }) => name !== ourKernelName);
    for (const one of broken) {
      if (!this.saidBroken.has(one.file)) this.onBroken(one);
      this.saidBroken.add(one.file);
    }
  }
}

const ourSpec = {
  name: ourKernelName,
  resources: {},
  spec: {
    argv: [] as readonly string[],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
    env: {},
    metadata: {},
  },
};

/** What its environment holds may be secret, and is of no use to a page. */
function specOf({ name, argv, displayName, language, interruptMode }: InstalledKernel): typeof ourSpec {
  const spec = { argv, display_name: displayName, language, interrupt_mode: interruptMode, env: {}, metadata: {} };
  return { name, resources: {}, spec };
}
