// Work that blocks the judge, as parsing does, ended where it takes too long: some texts take a parser or a pattern hours.
import { createContext, Script } from "node:vm";

const call = new Script("work()");
const place: { work?: () => unknown } = {};
const context = createContext(place);

/** Undefined where `work`, which waits for nothing and calls this no more, is not done by then. Throws what it throws. */
export function withinTime<Result extends object>(limitMs: number, work: () => Result): Result | undefined {
  place.work = work;
  try {
    return call.runInContext(context, { timeout: Math.max(1, Math.ceil(limitMs)) }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return undefined;
  } finally {
    delete place.work;
  }
}
