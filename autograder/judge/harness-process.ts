// One process of the harness, from its start to its death: asks, waits for exactly one answer, trusts none of it.
import { randomUUID } from "node:crypto";
import { encodeFrame, FrameReader } from "../harness/frames.js";
import type { Load, Request, WireValue } from "../harness/protocol.js";
import type { Limits, ProcessEnd, Sandbox, SandboxProcess } from "../sandbox/sandbox.js";
import { CallClock } from "./call-clock.js";
import { type FaultDetail, StudentFault } from "./student-fault.js";

/** A request without its id. */
export type Question =
  | { readonly op: "call"; readonly name: string; readonly argLists: readonly (readonly WireValue[])[] }
  | { readonly op: "evaluate"; readonly code: string; readonly inputs: readonly WireValue[] };

/** As it came: `value` and `args` are still to be decoded. */
export interface Answer {
  readonly value: unknown;
  readonly args: readonly unknown[];
}

export interface Answers {
  /** Of the calls in their order: of all, or of those before the one that threw. */
  readonly answers: readonly Answer[];
  readonly thrown?: Thrown;
}

/** Where in the loaded program something was thrown; see `Compiled.sourceLine`. */
export interface ThrownDetail extends FaultDetail {
  readonly column?: number;
}

/** A submission threw, or does not load. */
export class Thrown extends Error {
  readonly detail: ThrownDetail;
  readonly tooLarge: boolean;
  /** False of a program that cannot be run. */
  readonly ran: boolean;

  constructor(detail: ThrownDetail, { tooLarge = false, ran = true } = {}) {
    super(detail.message);
    this.detail = detail;
    this.tooLarge = tooLarge;
    this.ran = ran;
  }
}

export interface HarnessOptions {
  readonly sandbox: Sandbox;
  readonly slot: number;
  readonly limits: Limits;
}

/** For the machine to start Node: beyond it the fault is ours. */
const startLimitMs = 20_000;

export class HarnessProcess {
  readonly #process: SandboxProcess;
  readonly #frames = new FrameReader();
  #waiting: Waiting | undefined;
  #fault: StudentFault | undefined;

  /** A process in which nothing of a submission runs yet. Throws {@link StudentFault} "ours" when it does not start. */
  static async start({ sandbox, slot, limits }: HarnessOptions): Promise<HarnessProcess> {
    const harness = new HarnessProcess(await sandbox.run(limits, slot));
    try {
      await harness.#next(startLimitMs, readReady);
    } catch (fault) {
      await harness.close();
      throw new StudentFault("ours", { name: "Harness", message: await harness.#lastWords(fault) });
    }
    return harness;
  }

  private constructor(process: SandboxProcess) {
    this.#process = process;
    process.replies.on("data", (chunk: Buffer) => this.#read(chunk));
    void process.ended.then((end) => this.#die(faultOf(end)));
  }

  /** How it died; a dead process answers nothing more. */
  get fault(): StudentFault | undefined {
    return this.#fault;
  }

  /** The names that `program`, JavaScript, exports. Throws {@link Thrown} or {@link StudentFault}. */
  load(program: string, timeLimitMs: number): Promise<readonly string[]> {
    this.#send({ op: "load", program });
    return this.#next(timeLimitMs, readLoaded);
  }

  /** Throws {@link StudentFault} when the process died of it: then none of the calls has an answer. */
  ask(question: Question, timeLimitMs: number): Promise<Answers> {
    const id = randomUUID();
    const calls = question.op === "call" ? question.argLists.length : question.inputs.length;
    this.#send({ id, ...question });
    return this.#next(timeLimitMs, (frame) => readReply(frame, id, calls));
  }

  async close(): Promise<void> {
    this.#fault ??= new StudentFault("ended");
    await this.#process.kill();
  }

  #send(message: Load | Request): void {
    if (this.#fault === undefined) this.#process.requests.write(encodeFrame(message));
  }

  /** What `read` makes of the next frame; a frame it makes nothing of ends the process. */
  #next<T>(timeLimitMs: number, read: (frame: Fields) => Outcome<T> | undefined): Promise<T> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    return new Promise<T>((resolve, reject) => {
      const clock = new CallClock(this.#process, timeLimitMs, () => this.#expire(waiting));
      const settle = (act: () => void) => {
        clock.stop();
        this.#waiting = undefined;
        act();
      };
      const waiting: Waiting = {
        receive: (frame) => {
          const outcome = read(frame);
          if (outcome === undefined) this.#die(unreadable);
          else settle(() => ("value" in outcome ? resolve(outcome.value) : reject(outcome.thrown)));
        },
        fail: (fault) => settle(() => reject(fault)),
      };
      this.#waiting = waiting;
    });
  }

  #expire(waiting: Waiting): void {
    if (this.#waiting === waiting) this.#die(new StudentFault("time-limit"));
  }

  #read(chunk: Buffer): void {
    if (this.#fault !== undefined) return;
    try {
      for (const frame of this.#frames.push(chunk)) {
        if (this.#waiting !== undefined && isFields(frame)) this.#waiting.receive(frame);
        else this.#die(unreadable); // nothing was asked
      }
    } catch {
      this.#die(unreadable);
    }
  }

  #die(fault: StudentFault): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    this.#waiting?.fail(fault);
    void this.#process.kill();
  }

  async #lastWords(fault: unknown): Promise<string> {
    const { output } = await this.#process.ended;
    return `${(fault as Error).message} before it was ready. ${output.slice(0, 500)}`.trim();
  }
}

interface Waiting {
  receive(frame: Fields): void;
  fail(fault: StudentFault): void;
}

type Fields = Readonly<Record<string, unknown>>;
type Outcome<T> = { readonly value: T } | { readonly thrown: Thrown };

/** Made once: every process that lies gets the same. */
const unreadable = new StudentFault("unreadable");

const isFields = (frame: unknown): frame is Fields =>
  typeof frame === "object" && frame !== null && !Array.isArray(frame);

const readReady = ({ ready }: Fields): Outcome<true> | undefined => (ready === true ? { value: true } : undefined);

function readLoaded({ loaded, failed, runs }: Fields): Outcome<readonly string[]> | undefined {
  if (isFields(failed)) return { thrown: new Thrown(readError(failed), { ran: runs === true }) };
  if (!Array.isArray(loaded) || loaded.length > 1000) return undefined;
  return loaded.every((name) => typeof name === "string") ? { value: loaded } : undefined;
}

function readReply(frame: Fields, id: string, calls: number): Outcome<Answers> | undefined {
  const { answers, failed, tooLarge } = frame;
  if (frame["id"] !== id || !Array.isArray(answers) || !answers.every(isAnswer)) return undefined;
  if (failed === undefined) return answers.length === calls ? { value: { answers } } : undefined;
  if (!isFields(failed) || answers.length >= calls) return undefined;
  return { value: { answers, thrown: new Thrown(readError(failed), { tooLarge: tooLarge === true }) } };
}

const isAnswer = (one: unknown): one is Answer => isFields(one) && Array.isArray(one["args"]);

function readError({ name, message, line, column }: Fields): ThrownDetail {
  return {
    name: typeof name === "string" ? name.slice(0, 100) : "Error",
    message: typeof message === "string" ? message.slice(0, 500) : "",
    ...(isPlace(line) ? { line } : {}),
    ...(isPlace(column) ? { column } : {}),
  };
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

function faultOf(end: ProcessEnd): StudentFault {
  if (end.isLost === true)
    return new StudentFault("ours", { name: "Launcher", message: "what had started it has ended" });
  if (end.outputExceeded) return new StudentFault("output-limit");
  if (end.memoryExceeded) return new StudentFault("memory-limit");
  if (end.cpuExceeded) return new StudentFault("time-limit");
  return new StudentFault("ended", { name: "Error", message: `ended by ${end.signal ?? `exit code ${end.exitCode}`}` });
}
