// Node keeps a stack of async ids, and aborts the process when it finds one left over while an async hook is on, which
// AsyncLocalStorage is. Code that is stopped in the middle leaves its id there.

/** Evaluated in the thread that runs the cells before its code is stopped: no id left over is looked for. */
export const suspendChecks = `(() => {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  const { async_hook_fields: fields, constants } = process.binding("async_wrap");
  process.noDeprecation = noDeprecation;
  fields[constants.kTotals] = fields[constants.kCheck] = 0;
})()`;

/** Called at the bottom of the stack once the code has been stopped: nothing is left over, the hooks are counted again. */
export function resumeChecks(): void {
  const wrap = findAsyncWrap();
  if (wrap === undefined) return;
  const { async_hook_fields: fields, constants, clearAsyncIdStack } = wrap;
  const { kInit, kBefore, kAfter, kDestroy, kPromiseResolve, kTotals } = constants;
  clearAsyncIdStack();
  fields[kTotals] = [kInit, kBefore, kAfter, kDestroy, kPromiseResolve].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
}

interface AsyncWrap {
  /** How many hooks of each kind are on; `kTotals` is their sum. */
  readonly async_hook_fields: Uint32Array;
  readonly constants: Readonly<
    Record<"kInit" | "kBefore" | "kAfter" | "kDestroy" | "kPromiseResolve" | "kTotals" | "kCheck", number>
  >;
  readonly clearAsyncIdStack: () => void;
}

/** Node's own; a version that no longer shows it is left as it is. */
function findAsyncWrap(): AsyncWrap | undefined {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return process.binding("async_wrap");
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}

declare global {
  namespace NodeJS {
    interface Process {
      binding(name: "async_wrap"): AsyncWrap;
    }
  }
}
