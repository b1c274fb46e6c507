// The thread that runs the cells: does what the I/O thread asks of it, and reports what happens.
import type { CellEngine, EngineHost } from "../engine/cell-engine.js";
import type { CellError, OutputMessage } from "../messages.js";
import { resumeChecks } from "./async-checks.js";
import type { ExpressionResult, FromCells, ToCells } from "./bridge.js";
import { answerQuestion } from "./questions.js";
import type { CellThreadState } from "./thread-state.js";

export interface CellThreadOptions {
  readonly folder: string;
  readonly state: CellThreadState;
  readonly post: (message: FromCells) => void;
  /** An answer to `ask` that has come; undefined when none has. Does not wait. */
  readonly takeAnswer: () => string | undefined;
  readonly exit: (code: number) => void;
}

type Execute = Extract<ToCells, { type: "execute" }>;
type Expressions = Record<string, ExpressionResult>;

/**
 * Its own statements are never cut short by an interrupt, which the state sees to. But the notebook's code may be, at any
 * time, and all that waited for it on the stack goes with it: nothing here may count on running after it.
 */
export class CellThread implements EngineHost {
  readonly folder: string;
  private readonly options: CellThreadOptions;
  private readonly state: CellThreadState;
  private engine: CellEngine | undefined;
  private running: Execute | undefined;
  private serial = 0;
  /** Where outputs of an expression go: it runs as a cell, its value is no output. */
  private readonly expressionOutputs = new Map<string, (output: OutputMessage) => void>();

  constructor(options: CellThreadOptions) {
    this.options = options;
    this.folder = options.folder;
    this.state = options.state;
  }

  /** Loads the compiler; from then on requests are served. */
  start(createEngine: (host: EngineHost) => CellEngine): void {
    this.engine = createEngine(this);
    this.engine.warmUp();
    this.options.post({ type: "ready" });
    this.rest();
  }

  receive(message: ToCells): void {
    this.state.enterOurs();
    if (message.type === "shutdown") this.options.exit(message.exitCode);
    else if (this.engine !== undefined) this.serve(message, this.engine);
    else throw new Error(`internal: \`${message.type}\` came before the engine was there`);
    this.rest();
  }

  /** The process ends: what was printed must have left, and front ends must know. */
  sayGoodbye(exitCode: number, fault: string | undefined, limitMs: number): void {
    this.state.enterOurs();
    this.options.post({ type: "exiting", exitCode, ...(fault === undefined ? {} : { fault }) });
    this.state.waitForDeparture(limitMs);
  }

  onUserCode(running: boolean): void {
    if (running) this.state.enterTheirs();
    else this.state.enterOurs();
  }

  onOutput(id: string, output: OutputMessage): void {
    const divert = this.expressionOutputs.get(id);
    if (divert === undefined) this.send(id, output);
    else divert(output);
  }

  readInput(id: string, { prompt, password }: { readonly prompt: string; readonly password: boolean }): string {
    if (this.running?.id !== id || !this.running.allowInput) {
      throw new Error(
        "prompt(): nobody can answer here, the notebook runs by itself. Write the value in the cell instead.",
      );
    }
    // Answers to a prompt that was interrupted are nobody's.
    while (this.options.takeAnswer() !== undefined);
    let answers = this.state.answersUntilNow();
    this.state.uninterrupted(() => this.options.post({ type: "ask", id, prompt, password }));
    for (;;) {
      this.state.waitForAnswer(answers);
      const answer = this.options.takeAnswer();
      if (answer !== undefined) return answer;
      answers = this.state.answersUntilNow();
    }
  }

  private serve(message: Exclude<ToCells, { type: "shutdown" }>, engine: CellEngine): void {
    if (message.type === "execute") this.execute(message, engine);
    else if (message.type === "interrupt") this.interrupt(message.serial, engine);
    else this.options.post({ type: "answer", id: message.id, content: answerQuestion(message, engine) });
  }

  private interrupt(serial: number, engine: CellEngine): void {
    this.state.hearInterrupt(serial);
    resumeChecks();
    engine.interrupt();
    this.state.enterOurs();
    this.options.post({ type: "interrupted", serial });
  }

  private execute(message: Execute, engine: CellEngine): void {
    const { id, code, count, silent } = message;
    this.running = message;
    engine.execute({ id, code, count, silent }, (end) => {
      this.state.enterOurs();
      if (end.status === "ok") this.evaluate(message, engine, (expressions) => this.finish(id, { expressions }));
      else this.finish(id, { error: end.error, expressions: {} });
    });
  }

  private finish(id: string, end: Pick<Extract<FromCells, { type: "ended" }>, "error" | "expressions">): void {
    if (this.running?.id === id) this.running = undefined;
    this.options.post({ type: "ended", id, ...end });
    this.rest();
  }

  /** Evaluates what the front end wants to know, one expression after the other, as cells that are not shown. */
  private evaluate(message: Execute, engine: CellEngine, onEnd: (results: Expressions) => void): void {
    const names = Object.keys(message.expressions);
    const results: Expressions = {};
    const evaluateNext = () => {
      const name = names.shift();
      if (name === undefined) onEnd(results);
      else {
        this.evaluateOne(message, message.expressions[name] ?? "", engine, (result) => {
          results[name] = result;
          evaluateNext();
        });
      }
    };
    evaluateNext();
  }

  private evaluateOne(
    { id: cell, count }: Execute,
    code: string,
    engine: CellEngine,
    onEnd: (result: ExpressionResult) => void,
  ): void {
    const id = `expression ${++this.serial}`;
    let value: ExpressionResult = { status: "ok", data: { "text/plain": "undefined" }, metadata: {} };
    this.expressionOutputs.set(id, (output) => {
      if (output.type === "execute_result") value = { status: "ok", data: output.data, metadata: output.metadata };
      else this.send(cell, output);
    });
    engine.execute({ id, code, count }, (end) => {
      this.state.enterOurs();
      this.expressionOutputs.delete(id);
      onEnd(end.status === "ok" ? value : asResult(end.error));
    });
  }

  private send(id: string, output: OutputMessage): void {
    const size = sizeOf(output);
    const interruptible = this.state.uninterrupted(() => {
      this.options.post({ type: "output", id, output, size });
      this.state.addOutput(size);
    });
    // Ours does not wait: it says little, and could not be interrupted.
    if (interruptible) this.state.waitForRoom();
  }

  /** Between our own statements the notebook's timers and promises run: they too may hold the thread. */
  private rest(): void {
    if (this.running === undefined) this.state.enterTheirs();
  }
}

function asResult({ type: _, ...cause }: CellError): ExpressionResult {
  return { status: "error", ...cause };
}

/** About how much memory an output takes until it has been sent; never nothing. */
function sizeOf(output: OutputMessage): number {
  const overhead = 200;
  if (output.type === "stream") return overhead + output.text.length;
  if (!("data" in output)) return overhead;
  const sizes = Object.values(output.data).map((value) =>
    typeof value === "string" ? value.length : (JSON.stringify(value)?.length ?? 0),
  );
  return overhead + sizes.reduce((sum, size) => sum + size, 0);
}
