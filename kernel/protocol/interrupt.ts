// Stops the notebook's code, whatever it does: a loop, a loop after an `await`, `Atomics.wait`. For the I/O thread.
import { Session } from "node:inspector";
import { suspendChecks } from "./async-checks.js";
import type { Clock } from "./clock.js";
import type { IoThreadState } from "./thread-state.js";

/** How long the thread may take to hear us before we believe that a loop holds it. */
const graceMs = 30;
/** How soon to look again whether our own code, the compiler for one, has given the thread back to the notebook's. */
const retryMs = 5;

/** One interrupt at a time: a second one joins it. */
export class Interrupter {
  private readonly state: IoThreadState;
  private readonly tell: (serial: number) => void;
  private readonly clock: Clock;
  private readonly terminate: (onEnd: () => void) => void;
  private cancel: (() => void) | undefined;
  private isStopping = false;
  private serial = 0;

  /** `tell` asks the thread that runs the cells to end the running one, and to answer by `heard`. */
  constructor(state: IoThreadState, tell: (serial: number) => void, clock: Clock, terminate = terminateMainThread) {
    this.state = state;
    this.tell = tell;
    this.clock = clock;
    this.terminate = terminate;
  }

  interrupt(): void {
    if (this.cancel === undefined) this.ask();
  }

  /** The thread's answer to a call of ours has come; true when that ends the interrupt. */
  heard(serial: number): boolean {
    // While the thread is being stopped, it is about to be told once more: it must not be given another cell before.
    if (serial !== this.serial || this.cancel === undefined || this.isStopping) return false;
    this.cancel();
    this.cancel = undefined;
    return true;
  }

  private ask(): void {
    this.tell(++this.serial);
    this.cancel = this.clock.after(graceMs, () => this.stop());
  }

  private stop(): void {
    // It has heard: only its answer is still to come, behind all that was printed.
    if (this.state.hasHeardInterrupt(this.serial)) return;
    if (!this.state.beginToStop()) {
      this.cancel = this.clock.after(retryMs, () => this.stop());
      return;
    }
    this.isStopping = true;
    this.terminate(() => {
      this.isStopping = false;
      this.state.endToStop();
      this.ask();
    });
  }
}

/**
 * Ends whatever JavaScript the main thread runs, as no `catch` or `finally` can prevent; its event loop goes on.
 * A session that stays open would hold back the end of the process.
 */
function terminateMainThread(onEnd: () => void): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: suspendChecks });
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    onEnd();
  });
}
