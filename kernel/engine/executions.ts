// Which execution of a cell some code belongs to, however late it runs: told by the async context it was started in.
import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { inspect } from "node:util";
import type { CellEnd, CellRequest } from "./cell-engine.js";

export class Execution {
  readonly request: CellRequest;
  readonly #timers = new Set<Timer>();
  #onEnd: ((end: CellEnd) => void) | undefined;

  constructor(request: CellRequest, onEnd: (end: CellEnd) => void) {
    this.request = request;
    this.#onEnd = onEnd;
  }

  get hasEnded(): boolean {
    return this.#onEnd === undefined;
  }

  /** The first end counts. */
  end(end: CellEnd): void {
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.(end);
  }

  keepTimer(timer: Timer): void {
    this.#timers.add(timer);
    if (this.#timers.size >= this.#pruneAt) this.#forgetDoneTimers();
  }

  clearTimers(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer as NodeJS.Timeout);
      clearImmediate(timer as NodeJS.Immediate);
    }
    this.#timers.clear();
  }

  #pruneAt = 64;

  #forgetDoneTimers(): void {
    for (const timer of this.#timers) if (timer._destroyed) this.#timers.delete(timer);
    this.#pruneAt = Math.max(64, 2 * this.#timers.size);
  }
}

/** Node's own objects: `Timeout` and `Immediate`. */
type Timer = (NodeJS.Timeout | NodeJS.Immediate) & { readonly _destroyed?: boolean };

export class Executions {
  readonly #storage = new AsyncLocalStorage<Execution | undefined>();
  #current: Execution | undefined;
  #last: Execution | undefined;

  constructor() {
    const init = (_id: number, type: string, _trigger: number, resource: object): void => {
      if (type === "Timeout" || type === "Immediate") this.#storage.getStore()?.keepTimer(resource as Timer);
    };
    createHook({ init }).enable();
    hideMarksOfPromises();
  }

  get current(): Execution | undefined {
    return this.#current;
  }

  begin(execution: Execution): void {
    this.#current = execution;
    this.#last = execution;
  }

  end(execution: Execution): void {
    if (this.#current === execution) this.#current = undefined;
  }

  /** Whose code runs now, as far as one can know. */
  get responsible(): Execution | undefined {
    return this.#storage.getStore() ?? this.#current ?? this.#last;
  }

  runAs<T>(execution: Execution, run: () => T): T {
    return this.#storage.run(execution, run);
  }

  /** What `run` starts is the kernel's own and belongs to no cell. */
  runAsKernel<T>(run: () => T): T {
    return this.#storage.run(undefined, run);
  }
}

/**
 * Following async contexts, Node marks each promise, and shows the marks wherever one is printed. They are hidden when that
 * happens: at its making, each would cost.
 */
function hideMarksOfPromises(): void {
  const value = function (this: object): object {
    for (const key of Object.getOwnPropertySymbols(this)) {
      if (marks.has(key.description)) Object.defineProperty(this, key, { enumerable: false });
    }
    return this;
  };
  Object.defineProperty(Promise.prototype, inspect.custom, { value, configurable: true, writable: true });
}

const marks = new Set<string | undefined>(["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"]);
