// A sandbox whose next process is there before it is asked for: while a slot judges one submission, the process of the next
// starts, loads the library and waits. Each serves once, and has met nothing of any student before.
import type { Limits, Sandbox, SandboxProcess } from "../sandbox/sandbox.js";

/** At most two processes a slot: the one that serves, which is dead before another is asked for, and the one that waits. */
export function prewarmed(sandbox: Sandbox): Sandbox {
  const slots = new Map<number, WarmSlot>();
  let isClosed = false;
  return {
    layer: sandbox.layer,
    run(limits, slot) {
      if (isClosed) return sandbox.run(limits, slot); // it says what is wrong
      const warm = slots.get(slot) ?? new WarmSlot(sandbox, slot);
      slots.set(slot, warm);
      return warm.take(limits);
    },
    async close() {
      isClosed = true;
      await Promise.all([...slots.values()].map((slot) => slot.close()));
      await sandbox.close();
    },
  };
}

interface Waiting {
  readonly limits: Limits;
  readonly started: Promise<SandboxProcess>;
  /** Whether it can still serve: the machine may have killed it, or never started it. */
  isAlive: boolean;
}

class WarmSlot {
  readonly #sandbox: Sandbox;
  readonly #slot: number;
  #waiting: Waiting | undefined;
  #isClosed = false;

  constructor(sandbox: Sandbox, slot: number) {
    this.#sandbox = sandbox;
    this.#slot = slot;
  }

  async take(limits: Limits): Promise<SandboxProcess> {
    const found = this.#waiting;
    this.#waiting = undefined; // before anything is awaited: no two callers get the same
    const fits = found?.isAlive === true && found.limits === limits;
    if (!fits) await discard(found);
    const serving = await (fits ? found : this.#start(limits)).started;
    if (!this.#isClosed) this.#waiting ??= this.#start(limits);
    return serving;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await discard(this.#waiting);
  }

  /** Its user is its own, where the layer gives one: what the process that serves starts without end cannot starve it. */
  #start(limits: Limits): Waiting {
    const started = this.#sandbox.run(limits, this.#slot);
    const waiting: Waiting = { limits, started, isAlive: true };
    const end = () => {
      waiting.isAlive = false;
    };
    started.then(({ ended }) => ended.then(end), end);
    return waiting;
  }
}

async function discard(waiting: Waiting | undefined): Promise<void> {
  await waiting?.started.then((process) => process.kill()).catch(() => {});
}
