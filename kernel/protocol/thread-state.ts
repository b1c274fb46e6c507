// What the two threads of the kernel both see at once, without a message: whose code runs, how much output is on its way.

/** Whose code holds the thread that runs the cells. Only the notebook's may be stopped. */
const ours = 0;
const theirs = 1;
/** The I/O thread is stopping the notebook's code: nothing else may run before that has happened. */
const stopping = 2;

const turn = 0;
const onItsWay = 1;
const answers = 2;
const departure = 3;
const lastInterrupt = 4;

/** How much output may be on its way before the cell that prints has to wait. */
const outputLimit = 8 * 1024 * 1024;

export type SharedState = Int32Array<SharedArrayBuffer>;

export const newSharedState = (): SharedState => new Int32Array(new SharedArrayBuffer(20));

/** The side of the thread that runs the cells. */
export class CellThreadState {
  private readonly shared: SharedState;

  constructor(shared: SharedState) {
    this.shared = shared;
  }

  /** From here the notebook's code may run, and be stopped. */
  enterTheirs(): void {
    Atomics.compareExchange(this.shared, turn, ours, theirs);
  }

  /** From here ours runs; true if the notebook's did before. While that is being stopped it does not get past this point. */
  enterOurs(): boolean {
    for (;;) {
      const before = Atomics.compareExchange(this.shared, turn, theirs, ours);
      if (before !== stopping) return before === theirs;
      Atomics.wait(this.shared, turn, stopping, 10);
    }
  }

  /** Runs a few statements of ours in the middle of the notebook's code, whole or not at all; true if it was in the middle. */
  uninterrupted(work: () => void): boolean {
    const interruptible = this.enterOurs();
    work();
    if (interruptible) this.enterTheirs();
    return interruptible;
  }

  /** Tells at once, ahead of all output on its way, that the interrupt of that number has been heard. */
  hearInterrupt(serial: number): void {
    Atomics.store(this.shared, lastInterrupt, serial);
  }

  addOutput(size: number): void {
    Atomics.add(this.shared, onItsWay, size);
  }

  /** Blocks while too much output is on its way; here the notebook's code can be stopped. */
  waitForRoom(): void {
    for (;;) {
      const size = Atomics.load(this.shared, onItsWay);
      if (size <= outputLimit) return;
      Atomics.wait(this.shared, onItsWay, size, 1000);
    }
  }

  /** To be read before a question is asked: see {@link waitForAnswer}. */
  answersUntilNow(): number {
    return Atomics.load(this.shared, answers);
  }

  /** Blocks until there are other answers than those; here too the notebook's code can be stopped. */
  waitForAnswer(answersBefore: number): void {
    while (Atomics.load(this.shared, answers) === answersBefore)
      Atomics.wait(this.shared, answers, answersBefore, 1000);
  }

  /** Blocks until the I/O thread has sent all there was, or has given up. */
  waitForDeparture(limitMs: number): void {
    Atomics.wait(this.shared, departure, 0, limitMs);
  }
}

/** The side of the I/O thread. */
export class IoThreadState {
  private readonly shared: SharedState;

  constructor(shared: SharedState) {
    this.shared = shared;
  }

  /** False while code of ours runs there: try again. */
  beginToStop(): boolean {
    return Atomics.compareExchange(this.shared, turn, theirs, stopping) === theirs;
  }

  endToStop(): void {
    Atomics.compareExchange(this.shared, turn, stopping, theirs);
  }

  hasHeardInterrupt(serial: number): boolean {
    return Atomics.load(this.shared, lastInterrupt) === serial;
  }

  outputSent(size: number): void {
    Atomics.sub(this.shared, onItsWay, size);
    Atomics.notify(this.shared, onItsWay);
  }

  answerGiven(): void {
    Atomics.add(this.shared, answers, 1);
    Atomics.notify(this.shared, answers);
  }

  departed(): void {
    Atomics.store(this.shared, departure, 1);
    Atomics.notify(this.shared, departure);
  }
}
