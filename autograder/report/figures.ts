// Small figures as static SVG: bars for what is counted. Colours come from the page's style; a reader hears each bar.
import { type Html, html } from "./html.js";

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What the bar says when it is read out or pointed at: `10 à 12 : 4 rendus`. */
  readonly description: string;
}

const width = 640;
const height = 190;
const margin = { top: 22, bottom: 40, side: 8 };

/** Bars side by side, their values on top; `axis` says what the labels are. */
export function histogram(title: string, axis: string, bars: readonly Bar[]): Html {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = (width - 2 * margin.side) / Math.max(1, bars.length);
  const floor = height - margin.bottom;
  const summary = bars.map(({ description }) => description).join(" ; ");
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}. ${summary}" class="bars">
${bars.map(({ label, value, description }, i) => {
  const tall = ((floor - margin.top) * value) / most;
  const x = margin.side + i * step;
  return html`<g><title>${description}</title><rect x="${tidy(x + step * 0.08)}" y="${tidy(floor - tall)}" width="${tidy(step * 0.84)}" height="${tidy(tall)}"/>
<text class="value" x="${tidy(x + step / 2)}" y="${tidy(floor - tall - 5)}">${value === 0 ? "" : value}</text>
<text x="${tidy(x + step / 2)}" y="${floor + 14}">${label}</text></g>`;
})}
<line x1="${margin.side}" y1="${floor}" x2="${width - margin.side}" y2="${floor}"/>
<text class="axis" x="${width / 2}" y="${height - 6}">${axis}</text>
</svg></figure>`;
}

const tidy = (value: number): number => Math.round(10 * value) / 10;

/** Counts of `values` in `count` bins of one width from `from` to `to`; the last one holds its end. */
export function binned(values: readonly number[], from: number, to: number, count: number): number[] {
  const bins = Array<number>(count).fill(0);
  for (const value of values) {
    const place = Math.floor((count * (value - from)) / (to - from));
    bins[Math.max(0, Math.min(count - 1, place))]! += 1;
  }
  return bins;
}
