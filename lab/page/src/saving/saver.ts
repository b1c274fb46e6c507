// When the notebook is written: soon after a change, one write at a time, never over a file that others have changed.

export type SaveState =
  | { readonly kind: "saved" | "modified" | "saving" | "conflict" | "readOnly" }
  | { readonly kind: "failed"; readonly reason: string };

export interface SaverOptions<Content, Version> {
  readonly version: Version;
  /** The notebook as it is now. */
  readonly snapshot: () => Content;
  readonly store: (content: Content, version: Version) => Promise<Version>;
  readonly isConflict: (error: unknown) => boolean;
  /** A copy that outlives the page; kept until what it holds is in the file. */
  readonly recovery: { keep(content: () => Content): void; forget(): void };
  readonly onState: (state: SaveState) => void;
  readonly delayMs?: number;
  readonly retryMs?: number;
}

export class Saver<Content, Version> {
  readonly #options: SaverOptions<Content, Version>;
  #version: Version;
  #state: SaveState = { kind: "saved" };
  /** Counts changes: what was written is the latest when nothing was counted meanwhile. */
  #changes = 0;
  #written = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;

  constructor(options: SaverOptions<Content, Version>) {
    this.#options = options;
    this.#version = options.version;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Something would be lost if the page closed now. */
  get isDirty(): boolean {
    return this.#written < this.#changes;
  }

  /** The file was this version when it was last read or written here. */
  isAt(version: Version): boolean {
    return JSON.stringify(version) === JSON.stringify(this.#version);
  }

  changed(): void {
    this.#changes++;
    if (this.#state.kind === "readOnly") return;
    this.#options.recovery.keep(this.#options.snapshot);
    if (this.#state.kind === "conflict") return;
    if (this.#state.kind === "saved") this.#become({ kind: "modified" });
    // Not put off by the next change: a training changes its curve for minutes.
    if (this.#timer === undefined) this.#later(this.#options.delayMs ?? 2000);
  }

  /** True once the file holds all there is. */
  async saveNow(): Promise<boolean> {
    this.#notLater();
    if (this.#state.kind === "conflict" || this.#state.kind === "readOnly") return false;
    if (this.#running !== undefined) await this.#running;
    if (!this.isDirty) return true;
    this.#running = this.#write();
    const done = await this.#running;
    this.#running = undefined;
    return done && (!this.isDirty || this.saveNow());
  }

  /** The student chose: ours is to be written over that version. */
  keepMine(version: Version): Promise<boolean> {
    this.#version = version;
    this.#changes++;
    this.#become({ kind: "modified" });
    return this.saveNow();
  }

  /** What is shown is what that version of the file holds. */
  loaded(version: Version): void {
    this.#notLater();
    this.#version = version;
    this.#written = this.#changes;
    this.#options.recovery.forget();
    this.#become({ kind: "saved" });
  }

  setReadOnly(readOnly: boolean): void {
    this.#notLater();
    this.#become({ kind: readOnly ? "readOnly" : this.isDirty ? "modified" : "saved" });
    if (!readOnly && this.isDirty) this.#later(0);
  }

  async #write(): Promise<boolean> {
    const count = this.#changes;
    this.#become({ kind: "saving" });
    try {
      this.#version = await this.#options.store(this.#options.snapshot(), this.#version);
    } catch (error) {
      this.#failed(error);
      return false;
    }
    this.#written = count;
    if (!this.isDirty) this.#options.recovery.forget();
    this.#become({ kind: this.isDirty ? "modified" : "saved" });
    return true;
  }

  #failed(error: unknown): void {
    if (this.#options.isConflict(error)) {
      this.#become({ kind: "conflict" });
      return;
    }
    this.#become({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    this.#later(this.#options.retryMs ?? 5000);
  }

  #notLater(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #later(ms: number): void {
    this.#notLater();
    this.#timer = setTimeout(() => void this.saveNow(), ms);
  }

  #become(state: SaveState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
