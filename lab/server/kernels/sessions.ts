// Which notebook is on which kernel: one kernel for each notebook, however many pages show it.
import { randomUUID } from "node:crypto";
import { basename, dirname } from "node:path";
import type { Words } from "../words.js";
import type { Kernels } from "./kernels.js";
import type { KernelKind, LabKernel } from "./lab-kernel.js";

export interface NotebookSession {
  readonly id: string;
  path: string;
  name: string;
  readonly type: string;
  kernel: LabKernel;
}

/** What a session is opened for. */
export interface NotebookFile {
  readonly file: string;
  /** As pages call it. */
  readonly path: string;
  readonly type: string;
}

export class Sessions {
  private readonly kernels: Kernels;
  private readonly sessions = new Map<string, NotebookSession>();

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** The session of the notebook `file`: the one there is, on a kernel that lives; a new one is on what `kindOf` gives. */
  async open({ file, path, type }: NotebookFile, kindOf: () => KernelKind, words: Words): Promise<NotebookSession> {
    const known = this.forPath(path);
    if (known?.kernel.state === "dead") await known.kernel.restart();
    if (known !== undefined) return known;
    const kernel = this.newKernel(file, kindOf(), words);
    const session = { id: randomUUID(), path, name: basename(path), type, kernel };
    this.sessions.set(session.id, session);
    return session;
  }

  forPath(path: string): NotebookSession | undefined {
    return this.all().find((session) => session.path === path);
  }

  get(id: string): NotebookSession | undefined {
    return this.sessions.get(id);
  }

  /** Those whose kernel is there. */
  all(): NotebookSession[] {
    return [...this.sessions.values()].filter(({ kernel }) => this.kernels.get(kernel.id) !== undefined);
  }

  /** The file has another name now. JupyterLab opens each session under a name of its own making, and moves it then. */
  move(session: NotebookSession, path: string, words: Words): void {
    session.path = path;
    session.name = basename(path);
    session.kernel.introduce(labelOf(path), words);
  }

  async close(session: NotebookSession): Promise<void> {
    this.sessions.delete(session.id);
    await this.kernels.end(session.kernel.id);
  }

  /** Another kernel for the notebook; the one before ends. */
  async replaceKernel(session: NotebookSession, file: string, kind: KernelKind, words: Words): Promise<void> {
    const before = session.kernel;
    session.kernel = this.newKernel(file, kind, words);
    await this.kernels.end(before.id);
  }

  private newKernel(file: string, kind: KernelKind, words: Words): LabKernel {
    const kernel = this.kernels.take(dirname(file), kind);
    kernel.introduce(labelOf(file), words);
    return kernel;
  }
}

const labelOf = (path: string): string => basename(path).replace(/\.ipynb$/, "");
