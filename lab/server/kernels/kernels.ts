// The kernels that run, and one started ahead, so that the first cell of a notebook does not wait.
import { type KernelKind, LabKernel, type LabKernelOptions } from "./lab-kernel.js";

export class Kernels {
  private readonly ours: KernelKind;
  private readonly limits: Pick<LabKernelOptions, "limits">;
  private readonly running = new Map<string, LabKernel>();
  private spare: LabKernel | undefined;
  private closed = false;

  constructor(ours: KernelKind, limits: Pick<LabKernelOptions, "limits"> = {}) {
    this.ours = ours;
    this.limits = limits;
  }

  /** Starts a kernel of ours ahead for a notebook of that folder, unless one waits there. */
  prepare(folder: string): void {
    if (this.closed || this.spare?.folder === folder) return;
    void this.spare?.end();
    this.spare = new LabKernel({ ...this.limits, kind: this.ours, folder });
  }

  /** A kernel for a notebook of that folder: the one started ahead, where it is fit. */
  take(folder: string, kind: KernelKind): LabKernel {
    const isFit = kind === this.ours && this.spare?.folder === folder && this.spare.state !== "dead";
    const kernel = isFit ? this.spare! : new LabKernel({ ...this.limits, kind, folder });
    if (isFit) this.spare = undefined;
    this.running.set(kernel.id, kernel);
    return kernel;
  }

  get(id: string): LabKernel | undefined {
    return this.running.get(id);
  }

  all(): LabKernel[] {
    return [...this.running.values()];
  }

  async end(id: string): Promise<void> {
    const kernel = this.running.get(id);
    this.running.delete(id);
    await kernel?.end();
  }

  /** Ends all of them, and starts no other. */
  async close(): Promise<void> {
    this.closed = true;
    const kernels = [...this.running.values(), ...(this.spare === undefined ? [] : [this.spare])];
    this.running.clear();
    this.spare = undefined;
    await Promise.all(kernels.map((kernel) => kernel.end()));
  }
}
