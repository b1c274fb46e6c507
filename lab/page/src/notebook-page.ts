// The page of one notebook: makes its parts, and tells each what the others do.
import type { SessionContext } from "@jupyterlab/apputils";
import type { Notebook } from "@jupyterlab/notebook";
import type { RenderMimeRegistry } from "@jupyterlab/rendermime";
import type { ServerConnection } from "@jupyterlab/services";
import type { TpMetadata } from "../../course-notebook.js";
import { chooseLanguage, type PageConfig } from "./config.js";
import { AnalysisClient } from "./course/analysis-client.js";
import { CourseLayer } from "./course/course-layer.js";
import { download } from "./course/export.js";
import { Jump } from "./course/jump.js";
import { Panel, type Section } from "./course/panel.js";
import { underlineProblems } from "./course/problems.js";
import { announce } from "./interface/announce.js";
import { Banners } from "./interface/banners.js";
import { showKeys } from "./interface/keys-dialog.js";
import { showPage } from "./interface/layout.js";
import { Toolbar } from "./interface/toolbar.js";
import { offerOurKernel, watchKernel } from "./interface/watch-kernel.js";
import { Accessibility } from "./notebook/accessibility.js";
import { type Actions, cellActions, indexOfCell, onlyWhile, showCell } from "./notebook/cell-actions.js";
import { completion } from "./notebook/completion.js";
import { createNotebook, createRenderers } from "./notebook/create-notebook.js";
import type { CellExtension } from "./notebook/editors.js";
import { figureRenderer } from "./notebook/figures.js";
import { listenToKeys } from "./notebook/keyboard.js";
import { linksBeside } from "./notebook/links.js";
import { problemKeys } from "./notebook/problem-keys.js";
import { goToQuestion } from "./notebook/questions.js";
import { readCells } from "./notebook/read-cells.js";
import { lockCells } from "./notebook/read-only.js";
import { confirmRestart } from "./notebook/restart.js";
import { resumeOutputs } from "./notebook/resume.js";
import { Runner } from "./notebook/run.js";
import {
  isOnOurKernel,
  kernelNamedBy,
  kernelOf,
  kernelState,
  openSession,
  startKernel,
  warmUp,
} from "./notebook/session.js";
import type { DocumentStore, StoredNotebook } from "./saving/document-store.js";
import { OpenDocument } from "./saving/open-document.js";
import { snapshot } from "./saving/snapshot.js";
import type { Words } from "./words.js";

export interface PageOptions {
  readonly config: PageConfig;
  readonly words: Words;
  readonly settings: ServerConnection.ISettings;
  readonly store: DocumentStore;
  readonly stored: StoredNotebook;
}

export class NotebookPage {
  readonly #options: PageOptions;
  readonly #session: SessionContext;
  readonly #rendermime: RenderMimeRegistry;
  readonly #analysis: AnalysisClient;
  readonly #jump: Jump;
  readonly #notebook: Notebook;
  readonly #runner: Runner;
  readonly #banners = new Banners();
  readonly #toolbar: Toolbar;
  readonly #course: CourseLayer;
  readonly #panel: Panel;
  readonly #document: OpenDocument;
  readonly #actions: Actions;

  constructor(options: PageOptions) {
    const { config, words, settings, stored } = options;
    this.#options = options;
    this.#session = openSession(settings, config.path, kernelNamedBy(stored.content));
    this.#rendermime = createRenderers(
      [figureRenderer(config.baseUrl, words)],
      linksBeside(config.path, config.baseUrl),
    );
    this.#analysis = this.#newAnalysis();
    this.#jump = this.#newJump();
    const forCode = this.#inEditors();
    this.#notebook = createNotebook({ content: stored.content, rendermime: this.#rendermime, forCode, words });
    this.#runner = new Runner(this.#notebook, this.#session);
    this.#toolbar = this.#newToolbar();
    this.#course = this.#newCourse();
    this.#panel = new Panel(this.#sections(), words, (isOpen) => this.#toolbar.showPanel(isOpen));
    this.#document = this.#newDocument();
    this.#actions = { ...this.#cellActions(), ...this.#runActions(), ...this.#pageActions() };
  }

  async open(): Promise<void> {
    const { words } = this.#options;
    resumeOutputs(this.#session, this.#notebook);
    const watched = {
      session: this.#session,
      runner: this.#runner,
      toolbar: this.#toolbar,
      banners: this.#banners,
      words,
    };
    watchKernel(watched);
    void startKernel(this.#session).then((isThere) => isThere || offerOurKernel(watched));
    const { node: header } = this.#toolbar;
    showPage({ header, banners: this.#banners.node, notebook: this.#notebook, panel: this.#panel.node }, words);
    listenToKeys(this.#notebook, this.#actions);
    this.#watchChanges();
    await this.#document.offerRecovery();
    void warmUp(this.#session);
    this.#analysis.later(0);
  }

  #watchChanges(): void {
    const { model } = this.#notebook;
    const accessibility = new Accessibility(this.#notebook, this.#options.words);
    const lock = () => lockCells(this.#notebook, !this.#document.mayWrite);
    this.#runner.onChange = () => this.#course.changed();
    this.#runner.onUnanswered = () => {
      goToQuestion(this.#notebook);
      announce(this.#options.words.kernel.answerFirst);
    };
    this.#runner.onStopped = (id) => {
      announce(this.#options.words.kernel.stopped);
      // Who has begun to write elsewhere meanwhile is left there.
      if (this.#notebook.mode === "command") showCell(this.#notebook, indexOfCell(this.#notebook, id));
    };
    model?.cells.changed.connect(lock);
    model?.contentChanged.connect(() => {
      this.#course.changed();
      accessibility.changed();
      this.#analysis.later();
    });
    this.#session.kernelChanged.connect(() => {
      this.#course.changed();
      this.#analysis.later(0);
    });
    lock();
    this.#course.refresh();
    accessibility.changed();
  }

  #newAnalysis(): AnalysisClient {
    const { config, settings } = this.#options;
    const request = () => ({ path: config.path, cells: codeCells(this.#notebook) });
    const ask = () => (isOnOurKernel(this.#session) ? request() : undefined);
    return new AnalysisClient(settings, ask, (answer) => {
      underlineProblems(this.#notebook, answer);
      this.#course.changed();
    });
  }

  #newJump(): Jump {
    const nowhere = () => announce(this.#options.words.course.noDefinition);
    return new Jump(
      () => this.#notebook,
      () => this.#analysis.latest,
      nowhere,
    );
  }

  #inEditors(): CellExtension[] {
    const assistance = completion({ kernel: () => idleKernel(this.#session), rendermime: this.#rendermime });
    return [() => [assistance, problemKeys], (cell) => this.#jump.inCell(cell)];
  }

  #newToolbar(): Toolbar {
    const { config, words } = this.#options;
    const title = titleOf(this.#notebook) ?? config.path;
    document.title = title;
    return new Toolbar({
      title,
      homeUrl: config.baseUrl,
      words,
      run: (name) => void this.#actions[name]?.(),
      changeLanguage: () => void this.#changeLanguage(),
    });
  }

  #newCourse(): CourseLayer {
    const { config, words } = this.#options;
    return new CourseLayer({
      notebook: this.#notebook,
      rendermime: this.#rendermime,
      runner: this.#runner,
      analysis: this.#analysis,
      path: config.path,
      isOn: () => isOnOurKernel(this.#session),
      words,
      goTo: (cell) => {
        showCell(this.#notebook, indexOfCell(this.#notebook, cell));
        this.#panel.closeDrawer();
      },
      onPoints: (earned, all) => this.#toolbar.showPoints(earned, all),
    });
  }

  /** A notebook that is no TP has an outline all the same. */
  #sections(): Section[] {
    const { course: words } = this.#options.words;
    const { exercises, hasNames, progress, outline, names } = this.#course;
    return [
      ...(exercises.length > 0 ? [{ id: "progress", label: words.progress, node: progress }] : []),
      { id: "outline", label: words.outline, node: outline },
      ...(hasNames ? [{ id: "names", label: words.names, node: names }] : []),
    ];
  }

  #newDocument(): OpenDocument {
    const { config, words, store, stored } = this.#options;
    return new OpenDocument({
      notebook: this.#notebook,
      path: config.path,
      stored,
      store,
      banners: this.#banners,
      words,
      onState: (state) => this.#toolbar.showSaving(state),
      onReadOnly: (isReading) => lockCells(this.#notebook, isReading),
    });
  }

  #cellActions(): Actions {
    return onlyWhile(() => this.#document.mayWrite, cellActions(this.#notebook));
  }

  #runActions(): Actions {
    const runner = this.#runner;
    const { words } = this.#options;
    const writing = onlyWhile(() => this.#document.mayWrite, {
      run: runner.runAndAdvance,
      runAndStay: runner.runAndStay,
      runAndInsert: runner.runAndInsert,
      runAll: runner.runAll,
      runAllAbove: runner.runAllAbove,
      restartAndRunAll: () => runner.restartAndRunAll(),
      verify: () => this.#course.verifyHere(),
    });
    return {
      ...writing,
      restart: () => confirmRestart(runner, words),
      interrupt: async () => {
        await runner.interrupt();
        announce(words.kernel.interrupted);
      },
    };
  }

  #pageActions(): Actions {
    const { config, words } = this.#options;
    const exported = () => words.course.exported(download(snapshot(this.#notebook), config.path));
    return {
      save: () => this.#document.save(),
      export: () => announce(exported()),
      panel: () => this.#panel.toggle(),
      keys: () => showKeys(words),
      back: () => this.#jump.back(),
    };
  }

  async #changeLanguage(): Promise<void> {
    await this.#document.save();
    chooseLanguage(this.#options.config.language === "fr" ? "en" : "fr");
    // Without what the address may ask for.
    location.assign(location.pathname);
  }
}

/** One that computes would answer after the cell. */
const idleKernel = (session: SessionContext) => (kernelState(session) === "idle" ? kernelOf(session) : null);

const codeCells = (notebook: Notebook) =>
  readCells(notebook)
    .filter(({ type }) => type === "code")
    .map(({ id, source }) => ({ id, source }));

/** « TP1. Un classifieur linéaire sur MNIST » */
function titleOf(notebook: Notebook): string | undefined {
  const { tp, title } = (notebook.model?.getMetadata("retroprop") ?? {}) as Partial<TpMetadata>;
  if (title === undefined) return undefined;
  return tp === undefined ? title : `${tp.toUpperCase()}. ${title}`;
}
