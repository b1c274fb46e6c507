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

  /** The thread has heard a call of ours; true when it was the last one. */
  heard(serial: number): boolean {
    if (serial !== this.serial || this.cancel === undefined) return false;
    this.cancel();
    this.cancel = undefined;
    return true;
  }

  private ask(): void {
    this.tell(++this.serial);
    this.cancel = this.clock.after(graceMs, () => this.stop());
  }

  private stop(): void {
    if (!this.state.beginToStop()) {
      this.cancel = this.clock.after(retryMs, () => this.stop());
      return;
    }
    this.terminate(() => {
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
