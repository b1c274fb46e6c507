// Says a change of state to who listens instead of looking: a polite live region.
import { element, setText } from "./dom.js";

const region = element("div", { class: "rp-unseen", role: "status", "aria-live": "polite" });

/** Must be on the page before the first announcement, or nothing is read. */
export const liveRegion = (): HTMLElement => region;

export function announce(text: string): void {
  setText(region, text);
}
