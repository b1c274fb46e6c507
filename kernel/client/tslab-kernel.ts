// The stock tslab kernel, untouched, started and spoken to from Node over ZeroMQ; its faults are mended on this side.
import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { type Connection, proposeConnection, writeConnectionFile } from "../protocol/connection.js";
import type { JupyterMessage } from "../protocol/jupyter-message.js";
import { type Channels, parentIdOf } from "./channels.js";
import {
  type CellListener,
  type Kernel,
  KernelDied,
  KernelError,
  lostOutputNotice,
  type MimeBundle,
  type OutputMessage,
  type StartOptions,
} from "./kernel.js";
import { memoryFlags } from "./kernel-command.js";
import { type KernelProcess, spawnKernelProcess } from "./kernel-process.js";
import { loadZeromq } from "./message-sockets.js";
import { outputOf } from "./output-of.js";
import { readTslabError, withoutInnerFrames } from "./tslab-error.js";
import { openZeromqChannels } from "./zeromq-channels.js";

const startLimitMs = 30_000;
const startAttempts = 3;
/** tslab drops whatever reaches it within 200 ms of an error. */
const pauseAfterErrorMs = 250;
/** How long `idle` may lag behind the reply before we suspect that tslab lost it. */
const idleLagMs = 300;
/**
 * tslab's zeromq sends 512 messages as they come; the next one waits for the event loop, and until then all others are lost:
 * a busy cell must not meet it. Before a cell, so many of them may have been sent; else some of no consequence go first.
 */
const sendCycle = 513;
const sentBeforeCell = 60;
/** Timers of the student's keep tslab alive after it has agreed to end. */
const exitGraceMs = 300;
const uncaughtPattern = /^(UnhandledPromiseRejection|UncaughtException): /;

/** Starts tslab in the notebook's folder. `propose` chooses the ports: another program may take one before tslab does. */
export async function startTslabKernel(options: StartOptions, propose = proposeConnection): Promise<Kernel> {
  for (let attempt = 1; ; attempt++) {
    const kernel = await TslabKernel.spawn(await propose(), options);
    const outcome = await kernel.waitUntilReady(options.signal);
    if (outcome === "ready") return kernel;
    await kernel.kill();
    options.signal?.throwIfAborted();
    if (outcome !== "port taken" || attempt === startAttempts) throw new KernelError(explainStart(outcome, kernel));
  }
}

type StartOutcome = "ready" | "port taken" | "ended" | "silent" | "given up";

const startFaults: Partial<Record<StartOutcome, string>> = {
  "port taken": `found its ports taken ${startAttempts} times`,
  ended: "could not be started",
  silent: `said nothing for ${startLimitMs / 1000} s`,
};

function explainStart(outcome: StartOutcome, kernel: TslabKernel): string {
  const [words = ""] = kernel.lastWords().trim().split("\n");
  const fault = startFaults[outcome] ?? outcome;
  return `the tslab kernel ${fault}${words && ` (${words})`}: run \`npm ci\` again in the course folder, then \`retroprop doctor\``;
}

interface Request {
  readonly code: string;
  readonly onOutput: CellListener["onOutput"];
  /** What stderr said last: the cell's error is there, and nothing but the reply will tell. */
  heldErrors: string[];
  /** What was thrown outside the cell's own flow, in a timer or a promise nobody awaits: tslab calls the cell fine. */
  uncaught: string | undefined;
  reply: unknown;
  idle: boolean;
  ended: boolean;
  /** Looks again whether the request is over. */
  wake: () => void;
}

class TslabKernel implements Kernel {
  /** A signal ends some loops only, and what a cell had put in the queue runs into the next one. */
  readonly survivesInterrupt = false;
  languageInfo: MimeBundle = {};
  private channels: Channels | undefined;
  private readonly process: KernelProcess;
  private readonly folder: string;
  private readonly requests = new Map<string, Request>();
  private mayExecuteAt = 0;
  /** tslab does not say which number it gives to a cell. */
  private executionCount = 0;
  /** How many messages have come over iopub. */
  private published = 0;

  private constructor(process: KernelProcess, folder: string) {
    this.process = process;
    this.folder = folder;
  }

  static async spawn(connection: Connection, { folder, memoryLimitMb }: StartOptions): Promise<TslabKernel> {
    const file = writeConnectionFile(connection);
    // From our own node_modules, not from where the notebook happens to be.
    const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
    const process = spawnKernelProcess({
      args: [...memoryFlags(memoryLimitMb), tslab, "kernel", "--config-path", file],
      folder,
      connectionFile: file,
    });
    const kernel = new TslabKernel(process, folder);
    try {
      kernel.channels = openZeromqChannels(await loadZeromq(), connection, (message) => kernel.receive(message));
    } catch (error) {
      await kernel.kill();
      throw error;
    }
    return kernel;
  }

  get pid(): number {
    return this.process.pid;
  }

  lastWords(): string {
    return this.process.lastWords();
  }

  /**
   * Ready when both sockets have carried a whole exchange; asked again until then, as iopub may connect later than shell,
   * and with more patience each time: on a busy machine an exchange may take longer than one waits at first.
   */
  async waitUntilReady(signal: AbortSignal | undefined): Promise<StartOutcome> {
    const deadline = performance.now() + startLimitMs;
    for (let waitMs = 200; performance.now() < deadline; waitMs *= 1.5) {
      if (this.process.isDead()) return "ended";
      if (signal?.aborted) return "given up";
      if (/EADDRINUSE|Address already in use/i.test(this.lastWords())) return "port taken";
      const { id, request, over } = this.request("shell", "kernel_info_request", {});
      await Promise.race([over, this.process.died, patience(waitMs)]);
      this.requests.delete(id);
      if (request.idle && request.reply !== undefined) {
        this.languageInfo = (request.reply as { language_info?: MimeBundle }).language_info ?? {};
        return "ready";
      }
    }
    return "silent";
  }

  async execute(code: string, listener: CellListener): Promise<"ok" | "error"> {
    await delay(Math.max(0, this.mayExecuteAt - performance.now()));
    await this.orDeath(this.makeRoom());
    // Being asked whether it is ready before it is, tslab complains.
    this.process.forgetWords();
    listener.onStart?.(++this.executionCount);
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    for (;;) {
      const { request, over } = this.request("shell", "execute_request", content, code, listener.onOutput);
      await this.orDeath(over);
      if (!request.idle) await this.orDeath(this.findLostIdle(request));
      if (!wasCancelled(request)) return this.finish(request);
      await this.orDeath(patience(pauseAfterErrorMs)); // a busy machine: tslab was still cancelling after the last error
    }
  }

  interrupt(): void {
    this.process.interrupt();
  }

  async kill(): Promise<void> {
    if (!this.process.isDead()) this.process.killTree();
    await this.process.died;
    this.channels?.close();
  }

  async shutdown(): Promise<void> {
    if (!this.process.isDead()) {
      const { over } = this.request("control", "shutdown_request", { restart: false });
      await Promise.race([over, this.process.died, patience(2000)]);
      await Promise.race([this.process.died, patience(exitGraceMs)]);
    }
    await this.kill();
  }

  /** `over` resolves with the reply; `idle` may come before it, after it, or never. */
  private request(
    channel: "shell" | "control",
    type: string,
    content: Readonly<Record<string, unknown>>,
    code = "",
    onOutput: CellListener["onOutput"] = () => {},
  ): { id: string; request: Request; over: Promise<void> } {
    const request: Request = {
      code,
      onOutput,
      heldErrors: [],
      uncaught: undefined,
      reply: undefined,
      idle: false,
      ended: false,
      wake() {},
    };
    const over = new Promise<void>((resolve) => {
      request.wake = () => {
        if (request.reply === undefined) return;
        if (request.idle) resolve();
        else setTimeout(resolve, idleLagMs);
      };
    });
    const id = this.channels?.send(channel, type, content) ?? "";
    this.requests.set(id, request);
    return { id, request, over };
  }

  /** Leads tslab through the message that waits, now that no cell runs: see {@link sendCycle}. */
  private async makeRoom(): Promise<void> {
    for (let asked = 0; this.published % sendCycle > sentBeforeCell && asked < sendCycle; asked++) {
      const { id, over } = this.request("shell", "kernel_info_request", {});
      await Promise.race([over, patience(1000)]);
      this.requests.delete(id);
    }
  }

  private receive(message: JupyterMessage): void {
    const { channel, content } = message;
    if (channel === "iopub") this.published++;
    const request = this.requests.get(parentIdOf(message));
    if (request === undefined) return;
    if (channel !== "iopub") request.reply = content;
    else if (message.header.msg_type === "status") request.idle ||= content["execution_state"] === "idle";
    else this.passOn(request, outputOf(message));
    request.wake();
  }

  private passOn(request: Request, output: OutputMessage | undefined): void {
    if (output === undefined) return;
    if (output.type === "stream" && output.name === "stderr") {
      if (!request.ended && request.uncaught === undefined && uncaughtPattern.test(output.text)) {
        request.uncaught = output.text;
        return;
      }
      request.heldErrors.push(output.text);
      if (request.ended) this.releaseHeld(request, request.heldErrors.length);
      return;
    }
    this.releaseHeld(request, request.heldErrors.length);
    request.onOutput(output);
  }

  /** A cell that prints some 500 lines in one go makes tslab lose the rest, and the `idle` that ends it. */
  private async findLostIdle(request: Request): Promise<void> {
    while (!request.idle) {
      const { request: probe, over } = this.request("shell", "kernel_info_request", {});
      await Promise.race([over, patience(1000)]);
      if (!probe.idle || request.idle) continue;
      request.idle = true;
      const text = `${lostOutputNotice}: it keeps about 500 lines; print less]\n`;
      request.onOutput({ type: "stream", name: "stderr", text });
    }
  }

  private finish(request: Request): "ok" | "error" {
    request.ended = true;
    const failed = (request.reply as { status?: string }).status !== "ok";
    if (!failed) {
      this.releaseHeld(request, request.heldErrors.length);
      if (request.uncaught === undefined) return "ok";
      request.onOutput(readTslabError([request.uncaught], request.code, this.folder)[0]);
      return "error";
    }
    const [error, taken] = readTslabError(request.heldErrors, request.code, this.folder);
    this.releaseHeld(request, request.heldErrors.length - taken);
    request.heldErrors = [];
    request.onOutput(error);
    this.mayExecuteAt = performance.now() + pauseAfterErrorMs;
    return "error";
  }

  private releaseHeld(request: Request, count: number): void {
    for (const text of request.heldErrors.splice(0, count)) {
      request.onOutput({ type: "stream", name: "stderr", text: withoutInnerFrames(text) });
    }
  }

  private async orDeath(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.process.died.then((death) => Promise.reject(new KernelDied(death)))]);
  }
}

/** Whether tslab dropped the cell, not having run it, because the one before had failed. */
const wasCancelled = ({ reply }: Request): boolean => (reply as { status?: string }).status === "abort";

/** A wait that gives up on something; it keeps nobody from ending. */
function patience(milliseconds: number): Promise<void> {
  return delay(milliseconds, undefined, { ref: false });
}
