// Something shown under the cell that changes while the cell runs: a progress bar, a curve that grows.
import { randomUUID } from "node:crypto";
import { toBundle } from "./bundle.js";
import { findHost } from "./host.js";

export interface LiveDisplay {
  /** Shows what `draw` returns, unless something was shown a moment ago: call it as often as you like. */
  update(draw: () => unknown): void;
  /** Shows what `draw` returns for good; later calls do nothing. */
  end(draw: () => unknown): void;
}

/**
 * A place under the running cell for a value that changes: `live.update(() => plotHistory(history))`.
 * End it with {@link LiveDisplay.end}: what stays in the notebook then does not depend on the machine's speed.
 * In a plain script it does nothing.
 */
export function liveDisplay(options: LiveDisplayOptions = {}): LiveDisplay {
  const { now = () => performance.now() } = options;
  const host = findHost();
  const displayId = randomUUID();
  const startedAt = now();
  let shownAt: number | undefined;
  let ended = host === undefined;

  const display = (draw: () => unknown): void => {
    host?.display(toBundle(draw()), { displayId, update: shownAt !== undefined });
    shownAt = now();
  };
  return {
    update(draw) {
      if (!ended && (shownAt === undefined || now() - shownAt >= pause(now() - startedAt))) display(draw);
    },
    end(draw) {
      if (!ended) display(draw);
      ended = true;
    },
  };
}

export interface LiveDisplayOptions {
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Ten times a second at first, more slowly as time goes by: 130 times in a minute, 270 in an hour.
 * Stock tslab loses what a cell sends beyond some 500 messages before it lets the event loop turn.
 */
const pause = (elapsedMs: number): number => Math.max(100, 0.03 * elapsedMs);
