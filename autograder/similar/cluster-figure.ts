// A group of linked works as a picture: names on a circle, a line for each pair, thicker where more is shared.
import { type Html, html } from "../report/html.js";
import type { Cluster } from "./clusters.js";
import type { Labels } from "./labels.js";
import { clusterName, linkText, notDrawn } from "./messages.fr.js";

/** More names than this do not fit around a circle. */
const mostWorks = 24;
const width = 640;
const radius = { x: 150, y: 125 };
/** Two stand side by side. */
const heightOf = (count: number): number => (count === 2 ? 40 : 340);

export function clusterFigure({ works, pairs }: Cluster, number: number, { nameOf }: Labels): Html {
  const caption = clusterName(number, works.length);
  if (works.length > mostWorks) return html`<p>${caption}. ${notDrawn(works.length)}</p>`;
  const places = new Map(works.map((work, i) => [work, placeOf(i, works.length)]));
  const links = pairs.map(({ a, b, share }) => {
    const [from, to] = [places.get(a)!, places.get(b)!];
    return html`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke-width="${tidy(1 + 5 * share)}"><title>${linkText(nameOf(a), nameOf(b), share)}</title></line>`;
  });
  const names = works.map((work) => nameAt(places.get(work)!, works.length, nameOf(work)));
  const said = pairs.map(({ a, b, share }) => linkText(nameOf(a), nameOf(b), share)).join(" ; ");
  return html`<figure><figcaption>${caption}</figcaption>
<svg viewBox="0 0 ${width} ${heightOf(works.length)}" role="img" aria-label="${caption}. ${said}" class="links">
${links}
${names}
</svg></figure>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeOf(i: number, count: number): Place {
  const angle = (2 * Math.PI * i) / count - Math.PI / (count === 2 ? 1 : 2);
  return { x: tidy(width / 2 + radius.x * Math.cos(angle)), y: tidy(heightOf(count) / 2 + radius.y * Math.sin(angle)) };
}

/** The name is written outside the circle. */
function nameAt({ x, y }: Place, count: number, name: string): Html {
  const side = x > width / 2 + 1 ? "start" : x < width / 2 - 1 ? "end" : "middle";
  const shift = side === "start" ? 10 : side === "end" ? -10 : 0;
  const below = side === "middle" ? (y > heightOf(count) / 2 ? 22 : -12) : 4;
  return html`<g><title>${name}</title><circle cx="${x}" cy="${y}" r="5"/><text x="${x + shift}" y="${y + below}" text-anchor="${side}">${shortened(name)}</text></g>`;
}

const mostLetters = 22;

const shortened = (name: string): string =>
  [...name].length > mostLetters ? `${[...name].slice(0, mostLetters - 1).join("")}…` : name;

const tidy = (value: number): number => Math.round(10 * value) / 10;
