// The page's icons, drawn on 16 × 16 with the colour of the text around them.

const drawings = {
  run: '<path d="M4.5 2.8v10.4l8.2-5.2z" fill="currentColor" stroke="none"/>',
  runAll: '<path d="M2 3v10l6-5zM8.5 3v10l6-5z" fill="currentColor" stroke="none"/>',
  stop: '<rect x="3.5" y="3.5" width="9" height="9" rx="1" fill="currentColor" stroke="none"/>',
  restart: '<path d="M12.9 6.2A5.3 5.3 0 1 0 13.3 9M13 2.8v3.6H9.4"/>',
  add: '<path d="M8 3v10M3 8h10"/>',
  check: '<path d="M3 8.6 6.4 12 13 4.6"/>',
  hint: '<path d="M5.8 10.4a3.9 3.9 0 1 1 4.4 0c-.4.3-.6.7-.6 1.1H6.4c0-.4-.2-.8-.6-1.1ZM6.6 13.8h2.8"/>',
  download: '<path d="M8 2.5v7.6M4.8 7.2 8 10.4l3.2-3.2M3 13.3h10"/>',
  panel: '<rect x="2" y="3" width="12" height="10" rx="1.5"/><path d="M10 3v10"/>',
  more: '<path d="M3.4 8h.01M8 8h.01M12.6 8h.01" stroke-width="2.4"/>',
  home: '<path d="M2.6 7.4 8 2.8l5.4 4.6M4.2 6.4v6.8h7.6V6.4"/>',
  close: '<path d="m4 4 8 8M12 4l-8 8"/>',
  enlarge: '<path d="M9.5 2.8h3.7v3.7M6.5 13.2H2.8V9.5M13 3 9.2 6.8M3 13l3.8-3.8"/>',
  todo: '<circle cx="8" cy="8" r="5.2"/>',
  failing: '<circle cx="8" cy="8" r="5.2"/><path d="M8 5v3.6M8 11h.01"/>',
  passing:
    '<circle cx="8" cy="8" r="6" fill="currentColor" stroke="none"/><path d="m5.4 8.3 1.8 1.8 3.4-3.9" stroke="var(--rp-paper)"/>',
} as const;

export type IconName = keyof typeof drawings;

/** Decorative: the name stands beside it, or in the button's label. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "rp-icon");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = drawings[name];
  return svg;
}
