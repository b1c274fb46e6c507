// A kernel that keeps to the Jupyter protocol: executes, is interrupted and shut down by messages.
import { setTimeout as delay } from "node:timers/promises";
import type { JupyterMessage } from "../protocol/jupyter-message.js";
import { type Channels, parentIdOf } from "./channels.js";
import { type CellListener, type Kernel, KernelDied, KernelError, type MimeBundle } from "./kernel.js";
import type { KernelProcess } from "./kernel-process.js";
import { outputOf } from "./output-of.js";

const startLimitMs = 30_000;
/** How long a kernel may take to end once it was asked to. */
const exitGraceMs = 3000;

/** The errors with which our kernel says, on the running cell, that its process ends. */
const lastErrors: readonly unknown[] = ["ProcessExit", "KernelFault"];

/** A request and what has come back of it. */
interface Exchange {
  readonly listener: CellListener;
  reply: Content | undefined;
  isIdle: boolean;
  settle: (reply: Content) => void;
}

/** A kernelspec says which. */
export type InterruptMode = "message" | "signal";

type Content = Readonly<Record<string, unknown>>;

export class JupyterKernel implements Kernel {
  readonly survivesInterrupt = true;
  languageInfo: MimeBundle = {};
  private readonly process: KernelProcess;
  private readonly channels: Channels;
  private readonly interruptMode: InterruptMode;
  private readonly exchanges = new Map<string, Exchange>();

  /** `open` opens the conversation; what comes in is to be given to the function that it receives. */
  constructor(
    process: KernelProcess,
    open: (onMessage: (message: JupyterMessage) => void) => Channels,
    interruptMode: InterruptMode = "message",
  ) {
    this.process = process;
    this.interruptMode = interruptMode;
    this.channels = open((message) => this.receive(message));
  }

  get pid(): number {
    return this.process.pid;
  }

  /**
   * Resolves when the kernel has answered; asks again every so often, for channels that do not carry all from the first,
   * and with more patience each time: on a busy machine an answer may take longer than one waits at first. Otherwise ends
   * the kernel and rejects, saying why.
   */
  async waitUntilReady(signal: AbortSignal | undefined, askAgainMs = startLimitMs): Promise<void> {
    const deadline = performance.now() + startLimitMs;
    for (let waitMs = askAgainMs; performance.now() < deadline; waitMs *= 1.5) {
      if (this.process.isDead() || signal?.aborted) break;
      const { id, reply } = this.exchange("shell", "kernel_info_request", {});
      const answer = await Promise.race([reply, this.process.died, abortOf(signal), patience(waitMs)]);
      this.exchanges.delete(id);
      if (answer === undefined || !("language_info" in answer)) continue;
      this.languageInfo = answer["language_info"] as MimeBundle;
      return;
    }
    const fault = this.process.isDead() ? "could not be started" : `said nothing for ${startLimitMs / 1000} s`;
    await this.kill();
    signal?.throwIfAborted();
    throw new KernelError(explainStart(fault, this.process.lastWords()));
  }

  async execute(code: string, listener: CellListener): Promise<"ok" | "error"> {
    this.process.forgetWords();
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: listener.onInput !== undefined,
      stop_on_error: true,
    };
    const reply = await this.orDeath(this.exchange("shell", "execute_request", content, listener).reply);
    if (lastErrors.includes(reply["ename"])) await this.orDeath(patience(exitGraceMs));
    return reply["status"] === "ok" ? "ok" : "error";
  }

  interrupt(): void {
    if (this.interruptMode === "signal") this.process.interrupt();
    else this.channels.send("control", "interrupt_request", {});
  }

  async kill(): Promise<void> {
    if (!this.process.isDead()) this.process.killTree();
    await this.process.died;
    this.channels.close();
  }

  async shutdown(): Promise<void> {
    if (!this.process.isDead()) {
      this.channels.send("control", "shutdown_request", { restart: false });
      await Promise.race([this.process.died, patience(exitGraceMs)]);
    }
    await this.kill();
  }

  /** Any other request; resolves with the content of its reply. */
  ask(type: string, content: Content): Promise<Content> {
    return this.orDeath(this.exchange("shell", type, content).reply);
  }

  /** `reply` resolves when the reply and `idle` have come, in either order. */
  private exchange(
    channel: "shell" | "control",
    type: string,
    content: Content,
    listener: CellListener = { onOutput() {} },
  ): { id: string; reply: Promise<Content> } {
    const exchange: Exchange = { listener, reply: undefined, isIdle: false, settle() {} };
    const reply = new Promise<Content>((resolve) => {
      exchange.settle = resolve;
    });
    const id = this.channels.send(channel, type, content);
    this.exchanges.set(id, exchange);
    return { id, reply };
  }

  private receive(message: JupyterMessage): void {
    const exchange = this.exchanges.get(parentIdOf(message));
    if (exchange === undefined) return;
    const { channel, content } = message;
    if (channel === "iopub") hear(exchange, message);
    else if (channel === "stdin") void this.answer(exchange.listener, content);
    else exchange.reply = content;
    if (exchange.isIdle && exchange.reply !== undefined) exchange.settle(exchange.reply);
  }

  private async answer({ onInput }: CellListener, content: Content): Promise<void> {
    const question = { prompt: String(content["prompt"] ?? ""), password: content["password"] === true };
    const value = (await onInput?.(question)) ?? "";
    this.channels.send("stdin", "input_reply", { status: "ok", value });
  }

  private orDeath<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.process.died.then((death) => Promise.reject(new KernelDied(death)))]);
  }
}

function hear(exchange: Exchange, message: JupyterMessage): void {
  const { content, header } = message;
  if (header.msg_type === "status") {
    exchange.isIdle ||= content["execution_state"] === "idle";
  } else if (header.msg_type === "execute_input") {
    exchange.listener.onStart?.(Number(content["execution_count"]));
  } else {
    const output = outputOf(message);
    if (output !== undefined) exchange.listener.onOutput(output);
  }
}

function explainStart(fault: string, lastWords: string): string {
  const words = lastWords.trim().split("\n")[0] ?? "";
  return `the kernel ${fault}${words && ` (${words})`}: run \`npm ci\` again in the course folder, then \`retroprop doctor\``;
}

function abortOf(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

/** A wait that gives up on something; it keeps nobody from ending. */
function patience(milliseconds: number): Promise<undefined> {
  return delay(milliseconds, undefined, { ref: false });
}
