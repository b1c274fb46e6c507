// A submission in a sandbox, as a test sees it. When it dies of one test, the next one finds it alive again.
import { encode } from "../harness/codec.js";
import { type Limits, type Sandbox, usualLimits } from "../sandbox/sandbox.js";
import { textOfClosureFree } from "./closure-free.js";
import { type Compiled, compile } from "./compile.js";
import { decodeValue } from "./decode.js";
import { type Answers, HarnessProcess, type Question, Thrown, type ThrownDetail } from "./harness-process.js";
import type { Called, CallResult, Evaluation, Sent, Student, Value } from "./student.js";
import { type FaultDetail, type FaultKind, StudentFault } from "./student-fault.js";

export interface ProcessStudentOptions {
  /** TypeScript that exports the exercises. */
  readonly program: string;
  readonly sandbox: Sandbox;
  /** Two students that run at the same time have different ones. */
  readonly slot?: number;
  readonly limits?: Limits;
  /** All its time together, far beyond what any needs; when it is used up, the remaining calls get the last fault. */
  readonly runLimitMs?: number;
  /** What its deaths in one exercise may cost together; then what is left of the exercise gets the last fault. */
  readonly patience?: number;
}

/** Deaths are counted, not their seconds: how busy the machine is gives no mark and takes none. */
const usualPatience = 20;
/** Three that take the whole of their time, or one in each test of an exercise that ends at once. */
const costOf = ({ kind }: StudentFault): number => (/-limit$/.test(kind) ? 7 : 1);

interface Running {
  readonly harness: HarnessProcess;
  readonly exported: readonly string[];
}

const usualCallLimitMs = 2_000;
const loadLimitMs = 5_000;

/** Calls are made one at a time. The caller closes it. */
export class ProcessStudent implements Student {
  readonly #options: Required<ProcessStudentOptions>;
  #compiled: Promise<Compiled> | undefined;
  #running: Running | undefined;
  #callLimitMs = usualCallLimitMs;
  #exercise = "";
  /** What deaths have cost, by exercise: one that dies of everything takes nothing from the others. */
  readonly #cost = new Map<string, number>();
  #usedMs = 0;
  /** What it last died of, or why it does not load. */
  #lastDeath: StudentFault | undefined;
  /** Nor will it the next time. */
  #neverLoads = false;
  /** The process of the student this one goes on for, until it is needed. */
  #inherited: HarnessProcess | undefined;

  constructor(options: ProcessStudentOptions) {
    this.#options = { slot: 0, limits: usualLimits, runLimitMs: 180_000, patience: usualPatience, ...options };
  }

  /** False when the program itself stops or hangs, whatever is asked of it. */
  async loads(): Promise<boolean> {
    await this.#alive().catch((error: unknown) => this.#toFault(error)); // the next call meets it again
    return !this.#neverLoads;
  }

  beginExercise(id: string): void {
    this.#exercise = id;
  }

  limitCalls(timeLimitMs: number | undefined): void {
    this.#callLimitMs = timeLimitMs ?? usualCallLimitMs;
  }

  async call(name: string, ...args: readonly Sent[]): Promise<Value> {
    return (await this.callAndReturnArguments(name, ...args)).result;
  }

  async callAndReturnArguments(name: string, ...args: readonly Sent[]): Promise<CallResult> {
    return first(this.callEach(name, [args]));
  }

  callEach<Args extends readonly Sent[]>(name: string, argLists: readonly Args[]): AsyncGenerator<Called<Args>, void> {
    return this.#askEach(
      { op: "call", name, argLists: argLists.map((args) => args.map((arg) => encode(arg))) },
      argLists,
    );
  }

  async evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    return (await first(this.evaluateEach(body, [inputs]))).result;
  }

  evaluateEach<Inputs extends Sent>(
    body: Evaluation<Inputs>,
    inputs: readonly Inputs[],
  ): AsyncGenerator<Called<readonly [Inputs]>, void> {
    const question = {
      op: "evaluate",
      code: textOfClosureFree(body),
      inputs: inputs.map((one) => encode(one)),
    } as const;
    return this.#askEach(
      question,
      inputs.map((one) => [one] as const),
    );
  }

  /**
   * Another program of the same submission, in the process of this one, beside what it has done there; undefined where that
   * process is gone. This one has none from then on.
   */
  goOnWith(program: string): ProcessStudent | undefined {
    if (this.#running === undefined || this.#running.harness.fault !== undefined) return undefined;
    const next = new ProcessStudent({ ...this.#options, program });
    next.#inherited = this.#running.harness;
    this.#running = undefined;
    return next;
  }

  async close(): Promise<void> {
    await (this.#running?.harness ?? this.#inherited)?.close();
    this.#running = undefined;
    this.#inherited = undefined;
  }

  /** What is unreadable among the answers is so in its place, as what is thrown. */
  async *#askEach<Args>(question: Question, sent: readonly Args[]): AsyncGenerator<Called<Args>, void> {
    if (sent.length === 0) return;
    const { answers, thrown } = await this.#ask(question);
    for (const [i, { value, args }] of answers.entries()) {
      yield { sent: sent[i]!, result: decodeValue(value), args: args.map((arg) => decodeValue(arg)) };
    }
    if (thrown !== undefined) throw await this.#faultOfThrown(thrown);
  }

  async #ask(question: Question): Promise<Answers> {
    this.#expectBudget();
    const start = performance.now();
    try {
      const { harness, exported } = await this.#alive();
      if (question.op === "call" && !exported.includes(question.name)) throw missing(question.name, exported);
      return await harness.ask(question, this.#callLimitMs);
    } catch (error) {
      throw await this.#toFault(error);
    } finally {
      this.#usedMs += performance.now() - start;
    }
  }

  #expectBudget(): void {
    const { runLimitMs, patience } = this.#options;
    const isDead = this.#running === undefined;
    const isTooMuch = this.#neverLoads || (this.#cost.get(this.#exercise) ?? 0) >= patience;
    const isUsedUp = this.#usedMs >= runLimitMs || (isDead && isTooMuch);
    if (isUsedUp) throw this.#lastDeath ?? new StudentFault("time-limit");
  }

  async #alive(): Promise<Running> {
    this.#running ??= await this.#startAndLoad();
    return this.#running;
  }

  async #startAndLoad(): Promise<Running> {
    this.#compiled ??= compile(this.#options.program);
    this.#compiled.catch(() => {}); // awaited below, when the process that starts meanwhile is there
    const harness = await this.#start();
    try {
      const { code } = await this.#compiled;
      return { harness, exported: await harness.load(code, loadLimitMs) };
    } catch (error) {
      this.#neverLoads = true;
      await harness.close();
      throw isSyntaxError(error) ? new StudentFault("does-not-compile", await this.#locate(error.detail)) : error;
    }
  }

  /** A machine may be short of something for a moment: twice is a fault of ours. */
  async #start(): Promise<HarnessProcess> {
    const inherited = this.#inherited;
    this.#inherited = undefined;
    if (inherited?.fault === undefined && inherited !== undefined) return inherited;
    await inherited?.close(); // its slot is free when nothing of it is left
    return HarnessProcess.start(this.#options).catch(() => HarnessProcess.start(this.#options));
  }

  async #toFault(error: unknown): Promise<unknown> {
    const fault = error instanceof Thrown ? await this.#faultOfThrown(error) : error;
    if (this.#running?.harness.fault !== undefined) await this.close(); // its slot is free when nothing of it is left
    if (fault instanceof StudentFault && this.#running === undefined) this.#countDeath(fault);
    return fault;
  }

  #countDeath(fault: StudentFault): void {
    this.#lastDeath = fault;
    this.#cost.set(this.#exercise, (this.#cost.get(this.#exercise) ?? 0) + costOf(fault));
  }

  async #faultOfThrown({ detail, tooLarge }: Thrown): Promise<StudentFault> {
    return new StudentFault(kindOf(detail, tooLarge), await this.#locate(detail));
  }

  async #locate({ name, message, line, column }: ThrownDetail): Promise<FaultDetail> {
    const { sourceLine } = await this.#compiled!;
    const found = line === undefined ? undefined : sourceLine(line, column);
    return { name, message, ...(found === undefined ? {} : { line: found }) };
  }
}

/** The answer of a question that is asked once. */
async function first<T>(answers: AsyncIterable<T>): Promise<T> {
  for await (const answer of answers) return answer;
  throw new Error("internal: a question without an answer");
}

function kindOf({ name, message }: ThrownDetail, tooLarge: boolean): FaultKind {
  if (tooLarge) return "output-limit";
  return name === "RangeError" && message === "Array buffer allocation failed" ? "memory-limit" : "threw";
}

/** One that is thrown while it runs, as by JSON.parse, is an error like another. */
const isSyntaxError = (error: unknown): error is Thrown =>
  error instanceof Thrown && !error.ran && error.detail.name === "SyntaxError";

/** The names that are there, so that a near miss can be pointed at. */
const missing = (name: string, exported: readonly string[]): StudentFault =>
  new StudentFault("missing", { name, message: exported.join(", ").slice(0, 2_000) });
