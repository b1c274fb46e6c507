// Runs `execute_request`s one after the other: count, history, outputs under the right parent, the reply.
import type { CellError, OutputMessage } from "../messages.js";
import type { FromCells } from "./bridge.js";
import type { Cells } from "./cells.js";
import type { Clock } from "./clock.js";
import type { Content, FrontEnds, Parent } from "./front-ends.js";
import { History } from "./history.js";
import { OutputFlow } from "./output-flow.js";
import { readFlag, readText, readTexts } from "./request-content.js";
import type { Received } from "./wire.js";

interface Execution {
  readonly id: string;
  readonly request: Received;
  readonly count: number;
  readonly stored: boolean;
  readonly stopOnError: boolean;
  /** Called when the reply has been sent; `failed` only where that stops what is queued. */
  readonly onEnd: (failed: boolean) => void;
}

/** Outputs may come long after a cell's end: so many of the last cells are remembered. */
const rememberedCells = 10_000;
/**
 * Between a failure and its reply. What arrives in between was sent without knowledge of the failure and is aborted too;
 * what is sent after the reply never is.
 */
const gatheringMs = 10;

export class Executions {
  readonly history = new History();
  private readonly frontEnds: FrontEnds;
  private readonly cells: Cells;
  private readonly clock: Clock;
  private readonly flow: OutputFlow;
  private readonly origins = new Map<string, { readonly parent: Parent; readonly count: number }>();
  private running: Execution | undefined;
  private question: string | undefined;
  /** Sends the reply that waits, if one does. */
  private replyNow = () => {};
  private serial = 0;
  private count = 0;

  constructor(frontEnds: FrontEnds, cells: Cells, clock: Clock) {
    this.frontEnds = frontEnds;
    this.cells = cells;
    this.clock = clock;
    this.flow = new OutputFlow((id, output, size) => this.publishOutput(id, output, size), clock);
  }

  /** Throws `ContentError` when the request cannot be read. */
  start(request: Received, onEnd: (failed: boolean) => void): void {
    const { content } = request.message;
    const code = readText(content, "code");
    const silent = readFlag(content, "silent", false);
    const stored = readFlag(content, "store_history", true) && !silent;
    const allowInput = readFlag(content, "allow_stdin", false);
    const expressions = readTexts(content, "user_expressions");
    const stopOnError = readFlag(content, "stop_on_error", true);

    const count = this.count + 1;
    if (stored) {
      this.count = count;
      this.history.add(count, code);
    }
    const id = String(++this.serial);
    this.running = { id, request, count, stored, stopOnError, onEnd };
    this.remember(id, request.message.header, count);
    if (!silent) this.frontEnds.publish(request.message.header, "execute_input", { code, execution_count: count });
    this.cells.post({ type: "execute", id, code, count, silent, allowInput, expressions });
  }

  /** Answers a request that is not run because the one before it failed. */
  abort(request: Received): void {
    this.frontEnds.reply(request, {
      status: "aborted",
      execution_count: this.count,
      user_expressions: {},
      payload: [],
    });
  }

  output({ id, output, size }: Extract<FromCells, { type: "output" }>): void {
    if (output.type === "execute_result") this.keepResult(id, output.data["text/plain"]);
    this.flow.add(id, output, size);
  }

  end({ id, error, expressions }: Extract<FromCells, { type: "ended" }>): void {
    const execution = this.running;
    if (execution?.id !== id) return;
    if (error === undefined) this.close(execution, { status: "ok", user_expressions: expressions }, false);
    else this.fail(execution, error);
  }

  /** Ends the running cell, at once, on our side only: the other thread knows nothing of it, or goes away. */
  endRunning(ename: string, evalue: string): void {
    const error: CellError = { type: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] };
    if (this.running !== undefined) this.fail(this.running, error);
    this.replyNow();
  }

  /** The running cell asks its user for a line. */
  ask({ id, prompt, password }: Extract<FromCells, { type: "ask" }>): void {
    if (this.running?.id !== id) return;
    this.flow.flush();
    this.question = this.frontEnds.askInput(this.running.request, { prompt, password });
  }

  /** The user's line; false when nothing was asked. Some front ends do not say which question they answer. */
  answer({ message }: Received): boolean {
    const asked = message.parent_header.msg_id ?? this.question;
    if (this.question === undefined || asked !== this.question) return false;
    const text = readText(message.content, "value");
    this.question = undefined;
    this.cells.answerInput(text);
    return true;
  }

  /** Everything printed until now leaves. */
  flush(): void {
    this.flow.flush();
  }

  private fail(execution: Execution, error: CellError): void {
    this.running = undefined;
    this.flow.flush();
    this.publishOutput(execution.id, error, 0);
    const { type: _, ...cause } = error;
    const reply = () => {
      cancel();
      this.replyNow = () => {};
      this.close(execution, { status: "error", ...cause, user_expressions: {} }, execution.stopOnError);
    };
    const cancel = this.clock.after(execution.stopOnError ? gatheringMs : 0, reply);
    this.replyNow = reply;
  }

  private close({ request, count, onEnd }: Execution, content: Content, failed: boolean): void {
    this.running = undefined;
    this.question = undefined;
    this.flow.flush();
    this.frontEnds.reply(request, { execution_count: count, payload: [], ...content });
    onEnd(failed);
  }

  private keepResult(id: string, text: unknown): void {
    if (this.running?.id === id && this.running.stored && typeof text === "string") this.history.addOutput(text);
  }

  private remember(id: string, parent: Parent, count: number): void {
    this.origins.set(id, { parent, count });
    if (this.origins.size > rememberedCells) this.origins.delete(this.origins.keys().next().value ?? "");
  }

  private publishOutput(id: string, output: OutputMessage, size: number): void {
    const { parent, count } = this.origins.get(id) ?? this.origins.get(String(this.serial)) ?? { parent: {}, count: 0 };
    const onSent = () => this.cells.outputSent(size);
    this.frontEnds.publish(parent, output.type, contentOf(output, count), onSent);
  }
}

/** An output in the protocol's form. */
function contentOf(output: OutputMessage, count: number): Content {
  const { type, ...content } = output;
  if (type === "execute_result") return { execution_count: count, ...content };
  if (!("displayId" in content)) return type === "display_data" ? { ...content, transient: {} } : content;
  const { displayId, ...rest } = content;
  return { ...rest, transient: { display_id: displayId } };
}
