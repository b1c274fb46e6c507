// The open notebook and its file: saves it, recovers it, asks when both have changed, leaves it to another tab.
import type { INotebookContent } from "@jupyterlab/nbformat";
import type { Notebook } from "@jupyterlab/notebook";
import type { Banners } from "../interface/banners.js";
import type { Words } from "../words.js";
import { differences } from "./compare.js";
import { cellsOf, decide } from "./conflict.js";
import { type DocumentStore, type FileVersion, type StoredNotebook, StoreError } from "./document-store.js";
import { Recovery } from "./recovery.js";
import { Saver, type SaveState } from "./saver.js";
import { snapshot } from "./snapshot.js";
import { type Channel, Tabs } from "./tabs.js";

export interface OpenDocumentOptions {
  readonly notebook: Notebook;
  readonly path: string;
  readonly stored: StoredNotebook;
  readonly store: DocumentStore;
  readonly banners: Banners;
  readonly words: Words;
  readonly onState: (state: SaveState) => void;
  readonly onReadOnly: (readOnly: boolean) => void;
}

export class OpenDocument {
  readonly #options: OpenDocumentOptions;
  readonly #recovery: Recovery<INotebookContent>;
  readonly #saver: Saver<INotebookContent, FileVersion>;
  readonly #tabs: Tabs;
  #isLoading = false;
  #isAsking = false;

  constructor(options: OpenDocumentOptions) {
    this.#options = options;
    const { notebook, path, stored, store } = options;
    this.#recovery = new Recovery(path);
    this.#saver = new Saver<INotebookContent, FileVersion>({
      version: stored.version,
      snapshot: () => snapshot(notebook),
      store: (content, version) => store.save(content, version),
      isConflict: (error) => error instanceof StoreError && error.isConflict,
      recovery: this.#recovery,
      onState: (state) => this.#stateChanged(state),
    });
    this.#tabs = new Tabs({
      channel: new BroadcastChannel(`retroprop:${path}`) as Channel,
      id: crypto.randomUUID(),
      release: async () => void (await this.#saver.saveNow()),
      onReadOnly: (why) => this.#stepBack(why),
    });
    notebook.model?.contentChanged.connect(() => this.#changed());
    this.#watchThePage();
  }

  get mayWrite(): boolean {
    return this.#tabs.mayWrite;
  }

  /** What Ctrl+S does; where there are two versions, asks for one. */
  async save(): Promise<void> {
    if (this.#saver.state.kind === "conflict") await this.#askForOne();
    else await this.#saver.saveNow();
  }

  /** What an earlier page could not save: its outputs come back by themselves, other text is offered. */
  async offerRecovery(): Promise<void> {
    const copy = await this.#recovery.find();
    // A copy that another tab keeps at this moment is its own.
    if (copy === undefined || !(await this.#tabs.settled())) return;
    const { banners, words, stored } = this.#options;
    const hasSameText = differences(cellsOf(copy.content), cellsOf(stored.content)).length === 0;
    if (hasSameText && Date.parse(stored.version.last_modified) >= copy.keptAt) return this.#recovery.forget();
    if (hasSameText) return this.#show(copy.content, true);
    const time = new Date(copy.keptAt).toLocaleString(document.documentElement.lang);
    const answer = (act: () => void) => () => {
      banners.hide("recovery");
      act();
    };
    banners.show("recovery", words.saving.recovered(time), [
      { label: words.saving.recover, run: answer(() => this.#show(copy.content, true)) },
      { label: words.saving.forget, run: answer(() => this.#recovery.forget()) },
    ]);
  }

  #changed(): void {
    if (!this.#isLoading && this.#tabs.mayWrite) this.#saver.changed();
  }

  #stateChanged(state: SaveState): void {
    const { banners, words, onState } = this.#options;
    onState(state);
    if (state.kind === "conflict") void this.#askForOne();
    if (state.kind !== "failed") banners.hide("saving");
    else banners.show("saving", `${state.reason} ${words.saving.keptHere}`, []);
  }

  async #askForOne(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { store, notebook, words } = this.#options;
    try {
      const disk = await store.load();
      const decision = await decide(snapshot(notebook), disk.content, words.saving, words.close);
      if (decision === "mine") await this.#saver.keepMine(disk.version);
      if (decision === "theirs") this.#reload(disk);
    } catch (error) {
      // The file may be gone, or no notebook any more: ours stays, and the reason is said.
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.banners.show("saving", `${reason} ${words.saving.keptHere}`, []);
    } finally {
      this.#isAsking = false;
    }
  }

  #reload(disk: StoredNotebook): void {
    this.#show(disk.content, false);
    this.#saver.loaded(disk.version);
  }

  #show(content: INotebookContent, isChange: boolean): void {
    this.#isLoading = true;
    this.#options.notebook.model?.fromJSON(content);
    this.#isLoading = false;
    if (isChange) this.#changed();
  }

  #stepBack(why: "alreadyOpen" | "takenOver"): void {
    const { banners, words, onReadOnly } = this.#options;
    this.#saver.setReadOnly(true);
    onReadOnly(true);
    banners.show("tabs", words.tabs[why], [{ label: words.tabs.takeOver, run: () => void this.#takeOver() }]);
  }

  async #takeOver(): Promise<void> {
    await this.#tabs.takeOver();
    this.#options.banners.hide("tabs");
    this.#reload(await this.#options.store.load());
    this.#options.onReadOnly(false);
  }

  #watchThePage(): void {
    addEventListener("beforeunload", (event) => {
      this.#recovery.flush();
      if (this.#saver.isDirty && this.#tabs.mayWrite) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      this.#recovery.flush();
      if (document.visibilityState === "hidden") void this.#saver.saveNow();
      else void this.#lookAtTheDisk();
    });
    addEventListener("focus", () => void this.#lookAtTheDisk());
  }

  /** Coming back from an editor: an unchanged notebook follows its file, a changed one will ask when it is saved. */
  async #lookAtTheDisk(): Promise<void> {
    if (this.#saver.isDirty || !this.#tabs.mayWrite || this.#saver.state.kind !== "saved") return;
    const { store } = this.#options;
    const version = await store.currentVersion().catch(() => undefined);
    if (version !== undefined && !this.#saver.isAt(version) && !this.#saver.isDirty) await this.#askForOne();
  }
}
