// The kernel's side of the Jupyter protocol, apart from what carries it and from what runs the cells.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html
import type { FromCells, ToCells } from "./bridge.js";
import type { Cells } from "./cells.js";
import type { Clock } from "./clock.js";
import { Executions } from "./executions.js";
import { type Content, FrontEnds } from "./front-ends.js";
import { kernelInfo } from "./kernel-info.js";
import { ContentError, readFlag, readInteger, readText } from "./request-content.js";
import type { Transport } from "./transport.js";
import type { Received } from "./wire.js";

export interface KernelServerOptions {
  readonly transport: Transport;
  readonly cells: Cells;
  readonly clock: Clock;
  readonly typescriptVersion: string;
  /** One line on a message that was passed over. */
  readonly onRefused: (reason: string) => void;
}

interface Waiting {
  readonly request: Received;
  /** A cell before it failed: this one is not run. */
  aborted: boolean;
}

/** Requests on the shell channel are answered one after the other; those on the control channel at once. */
export class KernelServer {
  private readonly frontEnds: FrontEnds;
  private readonly executions: Executions;
  private readonly options: KernelServerOptions;
  private readonly queue: Waiting[] = [];
  /** What waits for the kernel to be ready: it then knows enough to introduce itself. */
  private readonly waitingForReady: (() => void)[] = [];
  private current: Received | undefined;
  private question: { readonly id: string; readonly request: Received } | undefined;
  private serial = 0;
  private ready = false;
  private interrupting = false;
  private ending = false;

  constructor(options: KernelServerOptions) {
    this.options = options;
    this.frontEnds = new FrontEnds(options.transport);
    this.executions = new Executions(this.frontEnds, options.cells, options.clock);
    this.frontEnds.publishState({}, "starting");
  }

  /** A message of a front end. */
  receive(received: Received): void {
    const { channel, header } = received.message;
    if (channel === "shell" && !isUrgent(header.msg_type)) {
      this.queue.push({ request: received, aborted: false });
      this.work();
    } else if (channel === "stdin") this.receiveInput(received);
    else if (channel === "iopub") this.options.onRefused(`${header.msg_type}: nothing is received on iopub`);
    else if (header.msg_type === "kernel_info_request" && !this.ready) {
      this.waitingForReady.push(() => this.answerAtOnce(received));
    } else this.answerAtOnce(received);
  }

  /** A message of the thread that runs the cells. */
  hear(message: FromCells): void {
    if (message.type === "ready") this.becomeReady();
    else if (message.type === "output") this.executions.output(message);
    else if (message.type === "ask") this.executions.ask(message);
    else if (message.type === "ended") this.executions.end(message);
    else if (message.type === "answer") this.passAnswer(message);
    else if (message.type === "interrupted") this.endInterrupt();
    else this.sayWhyItEnds(message);
  }

  /** Ends the running cell, as `interrupt_request` does. */
  interrupt(): void {
    if (!this.ready) return;
    this.interrupting = true;
    this.options.cells.interrupt();
  }

  /** Ends the process, as `shutdown_request` does. */
  shutdown(): void {
    this.ending = true;
    this.options.cells.shutdown();
  }

  private becomeReady(): void {
    this.ready = true;
    for (const work of this.waitingForReady.splice(0)) work();
    this.work();
  }

  /** Answers what waits on the shell channel, until one takes time. */
  private work(): void {
    while (this.ready && !this.ending && !this.interrupting && this.current === undefined) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.current = next.request;
      this.frontEnds.publishState(next.request.message.header, "busy");
      const ended = this.guard(next.request, () => this.begin(next));
      if (ended) this.endCurrent();
    }
  }

  private endCurrent(): void {
    if (this.current !== undefined) this.frontEnds.publishState(this.current.message.header, "idle");
    this.current = undefined;
  }

  private endCurrentAndGoOn(): void {
    this.endCurrent();
    this.work();
  }

  /** True when the request has been answered; false when the answer comes later. */
  private begin({ request, aborted }: Waiting): boolean {
    const { msg_type: type } = request.message.header;
    if (type === "execute_request") return aborted ? this.abort(request) : this.execute(request);
    const question = this.readQuestion(request);
    if (question === undefined) return this.answer(request);
    this.question = { id: question.id, request };
    this.options.cells.post(question);
    return false;
  }

  private abort(request: Received): true {
    this.executions.abort(request);
    return true;
  }

  private execute(request: Received): false {
    this.executions.start(request, (failed) => {
      if (failed) for (const waiting of this.queue) waiting.aborted = true;
      this.endCurrentAndGoOn();
    });
    return false;
  }

  /** What only the thread of the compiler can answer. */
  private readQuestion({ message: { header, content } }: Received) {
    const id = `question ${++this.serial}`;
    const place = () => {
      const code = readText(content, "code");
      return { id, code, cursor: readInteger(content, "cursor_pos", code.length) };
    };
    switch (header.msg_type) {
      case "complete_request":
        return { type: "complete", ...place() } satisfies ToCells;
      case "inspect_request":
        return { type: "inspect", ...place() } satisfies ToCells;
      case "is_complete_request":
        return { type: "isComplete", id, code: readText(content, "code") } satisfies ToCells;
      default:
        return undefined;
    }
  }

  private passAnswer({ id, content }: { readonly id: string; readonly content: Content }): void {
    if (this.question?.id !== id) return;
    this.frontEnds.reply(this.question.request, content);
    this.question = undefined;
    this.endCurrentAndGoOn();
  }

  /** Whatever was asked of the other thread before it was interrupted and is not answered by now was lost on the way. */
  private endInterrupt(): void {
    this.interrupting = false;
    this.executions.endRunning("Interrupted", "the cell was interrupted before it began");
    if (this.question !== undefined) {
      const content = { status: "error", ename: "Interrupted", evalue: "interrupted", traceback: [] };
      this.passAnswer({ id: this.question.id, content });
    }
    this.work();
  }

  private answerAtOnce(request: Received): void {
    const { header } = request.message;
    this.frontEnds.publishState(header, "busy");
    this.guard(request, () => this.answer(request));
    this.frontEnds.publishState(header, "idle");
    if (header.msg_type === "shutdown_request") this.shutdown();
  }

  /** Answers what needs no other thread. */
  private answer(request: Received): true {
    const { header, content } = request.message;
    const { msg_type: type } = header;
    if (type === "comm_open") {
      this.frontEnds.publish(header, "comm_close", { comm_id: content["comm_id"], data: {} });
    } else if (type.endsWith("_request")) this.frontEnds.reply(request, this.answerTo(request));
    else if (!type.startsWith("comm_")) this.options.onRefused(`${type}: we know no such message`);
    return true;
  }

  private answerTo({ message: { header, content } }: Received): Content {
    switch (header.msg_type) {
      case "kernel_info_request":
        return kernelInfo(this.options.typescriptVersion);
      case "history_request":
        return { status: "ok", history: this.searchHistory(content) };
      case "comm_info_request":
        return { status: "ok", comms: {} };
      case "interrupt_request":
        this.interrupt();
        return { status: "ok" };
      case "shutdown_request":
        return { status: "ok", restart: readFlag(content, "restart", false) };
      default:
        throw new ContentError(`this kernel answers no ${header.msg_type}`);
    }
  }

  private searchHistory(content: Content): unknown[] {
    const access = readText(content, "hist_access_type", "tail");
    if (access !== "tail" && access !== "range" && access !== "search") {
      throw new ContentError(`\`hist_access_type\` must be tail, range or search, got ${access}`);
    }
    const whole = (field: string) => (content[field] == null ? undefined : readInteger(content, field, 0));
    const query = {
      access,
      count: whole("n"),
      start: readInteger(content, "start", 0),
      stop: whole("stop"),
      session: readInteger(content, "session", 0),
      pattern: readText(content, "pattern", "*"),
      unique: readFlag(content, "unique", false),
    } as const;
    return this.executions.history.find(query, readFlag(content, "output", false));
  }

  private receiveInput(received: Received): void {
    try {
      if (!this.executions.answer(received)) this.options.onRefused("stdin: an answer to a question that is not asked");
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      this.options.onRefused(`stdin: ${error.message}`);
    }
  }

  private sayWhyItEnds({ exitCode, fault }: Extract<FromCells, { type: "exiting" }>): void {
    this.executions.flush();
    if (fault === undefined) {
      this.executions.endRunning("ProcessExit", `the cell called process.exit(${exitCode}): the kernel ends`);
    } else this.executions.endRunning("KernelFault", `the kernel ends on a fault of its own: ${fault}`);
  }

  /** A request that cannot be read is answered by what is wrong with it. */
  private guard(request: Received, work: () => boolean): boolean {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      const { name: ename, message: evalue } = error;
      this.frontEnds.reply(request, { status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] });
      return true;
    }
  }
}

/** On the shell channel too, these do not wait for the running cell to end. */
const isUrgent = (type: string): boolean => type === "interrupt_request" || type === "shutdown_request";
