// Learning curves that move while a network learns.
import { type PlottedEpoch, plotHistory } from "../plot/history.js";
import { escapeXml } from "../plot/svg/element.js";
import { figureToSvg } from "../plot/svg/figure-to-svg.js";
import { fontFamily } from "../plot/theme.js";
import type { MimeBundle } from "./bundle.js";
import { french } from "./french.js";
import { type LiveDisplayOptions, liveDisplay } from "./live-display.js";

export interface LiveHistoryOptions extends LiveDisplayOptions {
  /** How many epochs there will be. */
  readonly epochs: number;
  readonly title?: string;
}

/** Its functions may be handed on by themselves: `{ onEpoch: live.update }`. */
export interface LiveHistory {
  /** Adds what an epoch has measured to the curves. */
  readonly update: (record: PlottedEpoch) => void;
  /** How far the running epoch is: `done` of `total` examples or batches. */
  readonly progress: (done: number, total: number) => void;
  /** Leaves the curves as they are, without the progress bar; later calls do nothing. */
  readonly end: () => void;
}

/**
 * The curves of {@link plotHistory} under the running cell, over an axis from 1 to `epochs` into which they grow, with a
 * thin progress bar and the time that is left. After `end` the figure stays, the same on a slow machine and on a fast one.
 * In a plain script nothing is shown.
 *
 * @example
 * const live = liveHistory({ epochs: 2 });
 * [{ epoch: 1, trainLoss: 0.5 }, { epoch: 2, trainLoss: 0.3 }].forEach(live.update);
 * live.end() // undefined
 */
export function liveHistory(options: LiveHistoryOptions): LiveHistory {
  const { now = () => performance.now() } = options;
  const display = liveDisplay({ now });
  const startedAt = now();
  const history: PlottedEpoch[] = [];
  let share = 0;

  const draw = (): MimeBundle => drawRunning(history, { options, share, elapsedMs: now() - startedAt });
  display.update(draw);
  return {
    update(record) {
      history.push(record);
      share = 0;
      display.update(draw);
    },
    progress(done, total) {
      share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
      display.update(draw);
    },
    end() {
      display.end(() => plotHistory(history, figureOptions(options)));
    },
  };
}

const figureOptions = ({ epochs, title }: LiveHistoryOptions) => ({
  epochs,
  ...(title === undefined ? {} : { title }),
});

interface Running {
  readonly options: LiveHistoryOptions;
  /** Of the running epoch. */
  readonly share: number;
  readonly elapsedMs: number;
}

/** Only the static drawing: an interactive one would be built anew ten times a second, and would hide the bar. */
function drawRunning(history: readonly PlottedEpoch[], running: Running): MimeBundle {
  const figure = plotHistory(history, figureOptions(running.options));
  const { words, full } = describe(epochsDone(history), running);
  return {
    "text/html": `<div>${figureToSvg(figure)}${bar(full)}<div style="font:13px ${fontFamily}">${escapeXml(words)}</div></div>`,
    "text/plain": `${figure.layout.meta.alt} ${words}`,
  };
}

/** Epoch 0, the network before training, is not one that took time. */
const epochsDone = (history: readonly PlottedEpoch[]): number => history.filter(({ epoch }) => epoch > 0).length;

const bar = (full: number): string =>
  `<div style="max-width:540px;height:4px;margin:2px 0 4px;background:rgba(128,128,128,0.25)">` +
  `<div style="width:${(100 * full).toFixed(1)}%;height:4px;background:#0072b2"></div></div>`;

function describe(done: number, { options: { epochs }, share, elapsedMs }: Running): { words: string; full: number } {
  const full = epochs > 0 ? Math.min(1, (done + share) / epochs) : 1;
  const runningEpoch = Math.min(Math.max(1, share > 0 ? done + 1 : done), epochs);
  const percent = share > 0 && share < 1 ? Math.floor(100 * share) : undefined;
  const progress = french.progress(runningEpoch, epochs, percent);
  const left = timeLeft(full, elapsedMs);
  return { words: left === undefined ? progress : `${progress} · ${left}`, full };
}

/** Too early, an estimate would jump about. */
const soonestMs = 1000;

function timeLeft(full: number, elapsedMs: number): string | undefined {
  if (full <= 0 || full >= 1 || elapsedMs < soonestMs) return undefined;
  return french.timeLeft(durationWords((elapsedMs * (1 - full)) / full / 1000));
}

function durationWords(seconds: number): string {
  if (seconds < 90) return french.seconds(Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? french.minutes(minutes) : french.hours(Math.floor(minutes / 60), minutes % 60);
}
