// Sentences above the notebook that ask for a decision and stay until it is taken: one of each kind at a time.
import { element } from "./dom.js";

export interface BannerAction {
  readonly label: string;
  readonly run: () => void;
}

export class Banners {
  readonly node = element("div", { class: "rp-banners" });
  readonly #shown = new Map<string, HTMLElement>();

  show(kind: string, text: string, actions: readonly BannerAction[]): void {
    this.hide(kind);
    const buttons = actions.map(({ label, run }) => element("button", { class: "rp-button", onclick: run }, label));
    const banner = element("div", { class: "rp-banner", role: "alert" }, element("p", {}, text), ...buttons);
    this.#shown.set(kind, banner);
    this.node.append(banner);
  }

  hide(kind: string): void {
    this.#shown.get(kind)?.remove();
    this.#shown.delete(kind);
  }
}
