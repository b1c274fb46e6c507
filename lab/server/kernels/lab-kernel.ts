// One kernel and the pages joined to it: passes their messages, keeps what pages miss, says when it has died.
import { randomUUID } from "node:crypto";
import { parentIdOf } from "../../../kernel/client/channels.js";
import { type Death, KernelDied } from "../../../kernel/client/kernel.js";
import { type JupyterMessage, newHeader, type RelayedKernel } from "../../../kernel/client/relayed-kernel.js";
import type { Words } from "../words.js";
import { Journal } from "./journal.js";
import { OutputLimiter, type OutputLimits } from "./output-limit.js";

export type KernelState = "starting" | "idle" | "busy" | "restarting" | "dead";

/** Starts the process in `folder`. */
export type StartKernel = (folder: string, onMessage: (message: JupyterMessage) => void) => RelayedKernel;

/** A kernel that notebooks can ask for. */
export interface KernelKind {
  readonly name: string;
  readonly start: StartKernel;
}

export interface LabKernelOptions {
  readonly folder: string;
  readonly kind: KernelKind;
  readonly limits?: OutputLimits;
}

/** A page's end of a connection. */
export interface Page {
  /** The name that the page gives itself; the same when it connects again, another when it has been loaded again. */
  readonly session: string;
  /** False from when it begins to close: it hears nothing any more, and what it misses must not count as heard. */
  readonly isOpen: boolean;
  send(message: JupyterMessage): void;
  close(): void;
}

/** Sessions whose place in the conversation is remembered. */
const rememberedSessions = 200;

export class LabKernel {
  readonly id = randomUUID();
  readonly folder: string;
  state: KernelState = "starting";
  /** Why it never began, for the student; "" for one that did. */
  reason = "";
  lastActivity = new Date();
  private readonly options: LabKernelOptions;
  private readonly pages = new Set<Page>();
  private readonly journal = new Journal();
  /** Session → the last message it has been sent. */
  private readonly heard = new Map<string, number>();
  private readonly cells = new Map<string, string>();
  private process: RelayedKernel;
  private limiter: OutputLimiter | undefined;
  private words: Words | undefined;
  private info: JupyterMessage["content"] | undefined;
  private session = "";
  private ended = false;
  private restarting: Promise<void> | undefined;

  constructor(options: LabKernelOptions) {
    this.options = options;
    this.folder = options.folder;
    this.process = this.launch();
  }

  get name(): string {
    return this.options.kind.name;
  }

  get pid(): number {
    return this.process.pid;
  }

  get connections(): number {
    return this.pages.size;
  }

  /** Which notebook it runs, and in which language it speaks to the student. */
  introduce(label: string, words: Words): void {
    this.words = words;
    this.limiter = new OutputLimiter(this.folder, label, words, this.options.limits);
  }

  /** Joins a page: it is told the state, and whatever it has not heard of cells that run or have ended unheard. */
  connect(page: Page): void {
    for (const other of this.pages) if (other.session === page.session) this.disconnect(other);
    this.pages.add(page);
    page.send(this.status(this.state));
    const missed = this.journal.since(this.heard.get(page.session) ?? 0, (request) => this.gap(request));
    for (const message of missed) page.send(message);
    this.remember(page);
    this.journal.forgetEnded();
  }

  disconnect(page: Page): void {
    if (!this.pages.delete(page)) return;
    page.close();
  }

  /** A message of a page. */
  receive(message: JupyterMessage): void {
    this.lastActivity = new Date();
    if (this.state === "dead" || this.ended) return;
    const { msg_type: type } = message.header;
    const knows = type === "kernel_info_request" && this.info !== undefined && this.isRunningCells();
    if (knows) this.answerInfo(message, this.info!);
    else {
      if (type === "execute_request") this.open(message);
      if (type === "input_reply") this.noteAnswer(message);
      this.process.send(message);
    }
  }

  interrupt(): void {
    this.process.interrupt();
  }

  /** A new process of the same kind under the same id; also after a death. */
  restart(): Promise<void> {
    this.restarting ??= this.startAgain().finally(() => {
      this.restarting = undefined;
    });
    return this.restarting;
  }

  /** Ends the process and lets all pages go. */
  async end(): Promise<void> {
    this.ended = true;
    await this.process.end();
    for (const page of this.pages) this.disconnect(page);
  }

  private async startAgain(): Promise<void> {
    this.state = "restarting";
    this.closeExecutions("KernelRestarted", this.words?.kernelRestarted ?? "");
    await this.process.end();
    if (!this.ended) this.process = this.launch();
  }

  private open(request: JupyterMessage): void {
    const { cellId } = request.metadata;
    if (typeof cellId === "string") this.rememberCell(request.header.msg_id, cellId);
    this.journal.open(request);
  }

  /** A page that is loaded again shows the answer in the place of the question, as the one that asked does. */
  private noteAnswer(reply: JupyterMessage): void {
    this.journal.answer(parentIdOf(reply), ({ content: { prompt, password } }, request) => {
      const answer = password === true ? "········" : reply.content["value"];
      return this.say("iopub", "stream", { name: "stdin", text: `${prompt} ${answer}\n` }, request);
    });
  }

  private launch(): RelayedKernel {
    this.state = "starting";
    this.reason = "";
    // While it is ended for another to take its place, what the old one says is of no interest.
    const isCurrent = () => this.process === launched && this.state !== "restarting" && !this.ended;
    const launched = this.options.kind.start(this.folder, (message) => {
      if (isCurrent()) this.hear(message);
    });
    void launched.died.then((death) => {
      if (isCurrent()) this.mourn(death);
    });
    return launched;
  }

  /** A message of the kernel. */
  private hear(message: JupyterMessage): void {
    const { header, content, channel } = message;
    this.session = header.session;
    this.lastActivity = new Date();
    if (header.msg_type === "status") this.state = readState(content["execution_state"]);
    if (header.msg_type === "kernel_info_reply") this.info = content;
    if (channel === "control" && header.msg_type === "interrupt_reply") return; // we have asked, not a page
    const cell = this.cells.get(parentIdOf(message)) ?? "";
    for (const limited of this.limiter?.limit(message, cell) ?? [message]) this.tell(withCell(limited, cell));
  }

  private tell(message: JupyterMessage): void {
    this.journal.record(message);
    for (const page of this.addressees(message)) {
      page.send(message);
      this.remember(page);
    }
    if (this.openPages().length > 0) this.journal.forgetEnded();
  }

  private openPages(): Page[] {
    return [...this.pages].filter(({ isOpen }) => isOpen);
  }

  /** What happens is for all; an answer for who asked, or, when that page was loaded again since, for those there are. */
  private addressees({ channel, parent_header }: JupyterMessage): readonly Page[] {
    const pages = this.openPages();
    const asked = "session" in parent_header ? pages.filter((page) => page.session === parent_header.session) : [];
    return channel === "iopub" || asked.length === 0 ? pages : asked;
  }

  private mourn(death: Death): void {
    this.state = "dead";
    const neverBegan = death.exitCode === null && death.signal === null;
    const [advice, what] = neverBegan
      ? [this.words?.kernelNotStarted(this.name), ""]
      : [this.words?.kernelEnded, new KernelDied(death).message];
    const told = [advice, what, death.lastWords.trim()].filter(Boolean).join("\n");
    if (neverBegan) this.reason = told;
    this.closeExecutions("KernelDied", told);
    this.tell(this.status("dead"));
  }

  /** Cells that run will never be answered by their kernel: they are told so in its place. */
  private closeExecutions(ename: string, evalue: string): void {
    const error = { ename, evalue, traceback: evalue.split("\n") };
    for (const request of this.journal.running()) {
      this.tell(this.say("iopub", "error", error, request));
      this.tell(this.say("shell", "execute_reply", { status: "error", execution_count: 0, ...error }, request));
      this.tell(this.say("iopub", "status", { execution_state: "idle" }, request));
    }
  }

  /** The kernel would answer after the cell only: a page that is loaded again would wait for as long. */
  private answerInfo(request: JupyterMessage, info: JupyterMessage["content"]): void {
    const [page] = [...this.pages].filter(({ session }) => session === request.header.session);
    page?.send(this.say("iopub", "status", { execution_state: "busy" }, request));
    page?.send(this.say("shell", "kernel_info_reply", info, request));
    page?.send(this.say("iopub", "status", { execution_state: "idle" }, request));
    page?.send(this.status(this.state));
  }

  private isRunningCells(): boolean {
    return this.state === "busy" && this.journal.running().length > 0;
  }

  private status(state: KernelState): JupyterMessage {
    const reason = this.reason === "" ? {} : { reason: this.reason };
    return this.say("iopub", "status", { execution_state: state, ...reason });
  }

  private gap(request: JupyterMessage): JupyterMessage {
    return this.say("iopub", "stream", { name: "stderr", text: this.words?.journalCut ?? "…\n" }, request);
  }

  /** In the kernel's name and session: JupyterLab drops what it is still handling when another session speaks. */
  private say(
    channel: JupyterMessage["channel"],
    type: string,
    content: JupyterMessage["content"],
    request?: JupyterMessage,
  ): JupyterMessage {
    const header = newHeader(type, this.session || this.id);
    const message = { channel, header, parent_header: request?.header ?? {}, metadata: {}, content };
    return withCell(message, this.cells.get(request?.header.msg_id ?? "") ?? "");
  }

  private remember({ session }: Page): void {
    this.heard.delete(session);
    this.heard.set(session, this.journal.latest);
    for (const oldest of this.heard.keys()) if (this.heard.size > rememberedSessions) this.heard.delete(oldest);
  }

  private rememberCell(id: string, cell: string): void {
    this.cells.set(id, cell);
    for (const oldest of this.cells.keys()) if (this.cells.size > 5000) this.cells.delete(oldest);
  }
}

const readState = (state: unknown): KernelState => (state === "idle" || state === "starting" ? state : "busy");

/** A page that was loaded again knows none of the requests: it finds the cell by its id. */
function withCell(message: JupyterMessage, cell: string): JupyterMessage {
  return cell === "" ? message : { ...message, metadata: { ...message.metadata, retroprop: { cell } } };
}
