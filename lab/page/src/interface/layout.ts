// The page's frame: header, banners, notebook, panel; or one sentence where the notebook cannot be opened.
import type { Notebook } from "@jupyterlab/notebook";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { Words } from "../words.js";
import { liveRegion } from "./announce.js";
import { element } from "./dom.js";

export interface Parts {
  readonly header: HTMLElement;
  readonly banners: HTMLElement;
  readonly notebook: Notebook;
  readonly panel: HTMLElement;
}

export function showLoading(words: Words): void {
  document.body.classList.add("jp-ThemedContainer");
  document.body.dataset["jpThemeLight"] = String(!matchMedia("(prefers-color-scheme: dark)").matches);
  document.body.replaceChildren(element("p", { class: "rp-loading" }, words.loading));
}

export function showPage({ header, banners, notebook, panel }: Parts, words: Words): void {
  const host = element("main", { class: "rp-notebook-host", "aria-label": words.notebook });
  document.body.replaceChildren(element("div", { class: "rp-page" }, header, banners, host, panel), liveRegion());
  Widget.attach(notebook, host);
  new ResizeObserver(() => MessageLoop.sendMessage(notebook, Widget.ResizeMessage.UnknownSize)).observe(host);
}

export function showFailure(reason: string, words: Words, homeUrl: string): void {
  document.title = words.loadFailed.title;
  const reload = element(
    "button",
    { class: "rp-button rp-main", onclick: () => location.reload() },
    words.loadFailed.reload,
  );
  const home = element("a", { href: homeUrl }, words.home);
  document.body.replaceChildren(
    element(
      "main",
      { class: "rp-failure" },
      element("h1", {}, words.loadFailed.title),
      element("p", {}, reason),
      element("p", {}, reload, " ", home),
    ),
  );
}
