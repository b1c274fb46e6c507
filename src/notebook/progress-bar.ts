// A progress bar under the running cell, as text and as HTML.

import { escapeXml } from "../plot/svg/element.js";
import type { MimeBundle } from "./bundle.js";
import { type LiveDisplayOptions, liveDisplay } from "./live-display.js";

export interface ProgressBar {
  /** `done` of the total; `note` is what is going on: `perte 0.31`. */
  update(done: number, note?: string): void;
  /** Leaves the bar as it is; later calls do nothing. */
  end(note?: string): void;
}

/**
 * A bar like `Entraînement ████░░░░ 3/5 · perte 0.31` that moves while the cell runs, also in a synchronous loop.
 * It shows no times, so that a notebook that is run again is the same. In a plain script it is silent.
 */
export function progressBar(total: number, label = "", options: LiveDisplayOptions = {}): ProgressBar {
  const live = liveDisplay(options);
  let state: BarState = { total, label, done: 0, note: "" };
  const draw = () => drawBar(state);
  live.update(draw);
  return {
    update(done, note = "") {
      state = { ...state, done, note };
      live.update(draw);
    },
    end(note = state.note) {
      state = { ...state, note };
      live.end(draw);
    },
  };
}

interface BarState {
  readonly total: number;
  readonly label: string;
  readonly done: number;
  readonly note: string;
}

function drawBar({ total, label, done, note }: BarState): MimeBundle {
  const count = `${done}/${total}${note === "" ? "" : ` · ${note}`}`;
  const full = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
  const prefix = label === "" ? "" : `${label} `;
  return {
    "text/html": `<div>${escapeXml(prefix)}<progress value="${Math.round(full * 1000)}" max="1000" aria-label="${escapeXml(label || count)}"></progress> ${escapeXml(count)}</div>`,
    "text/plain": `${prefix}${blocks(full)} ${count}`,
  };
}

const barWidth = 20;

function blocks(full: number): string {
  const count = Math.floor(full * barWidth);
  return "█".repeat(count) + "░".repeat(barWidth - count);
}
