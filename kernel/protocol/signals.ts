// Signals, heard in the I/O thread: the main thread hears none while a cell holds it.
import { constants } from "node:os";

const { SIGINT, SIGTERM } = constants.signals;

/** Node gives signals to the main thread alone; its own way to the system has no such limit. False where there is none. */
export function listenToSignals(onInterrupt: () => void, onTerminate: () => void): boolean {
  process.noDeprecation = true; // of this thread: no code of the notebook runs here
  try {
    const { Signal } = process.binding("signal_wrap");
    for (const [number, work] of [[SIGINT, onInterrupt] as const, [SIGTERM, onTerminate] as const]) {
      const signal = new Signal();
      signal.onsignal = work;
      if (signal.start(number) !== 0) return false;
      kept.push(signal);
    }
    return true;
  } catch {
    return false;
  }
}

/** Or they would be collected, and the signals kill the process again. */
const kept: SignalHandle[] = [];

interface SignalHandle {
  onsignal: () => void;
  start(signal: number): number;
}

declare global {
  namespace NodeJS {
    interface Process {
      binding(name: "signal_wrap"): { readonly Signal: new () => SignalHandle };
    }
  }
}
