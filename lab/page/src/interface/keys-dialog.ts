// The list of keys (H), read from the table that the keyboard itself is read with.
import { keyBindings, readableKeys } from "../notebook/keys.js";
import type { Words } from "../words.js";
import { openDialog } from "./dialogs.js";
import { element } from "./dom.js";
import { isMac } from "./toolbar.js";

export function showKeys(words: Words): void {
  const places = ["anywhere", "command", "edit"] as const;
  const lists = places.map((place) =>
    element("section", {}, element("h3", {}, words.keys[place]), element("dl", {}, ...rows(place, words))),
  );
  openDialog(words.keys.title, words.close, element("div", { class: "rp-keys" }, ...lists));
}

function rows(place: (typeof keyBindings)[number]["where"], words: Words): HTMLElement[] {
  const here = keyBindings.filter(({ where }) => where === place);
  return [...new Set(here.map(({ action }) => action))].map((action) => {
    const keys = here.filter((binding) => binding.action === action);
    const strokes = keys.map(({ keys }) => element("kbd", {}, readableKeys(keys, words.keys.names, isMac)));
    return element("div", {}, element("dt", {}, ...strokes), element("dd", {}, words.actions[action]));
  });
}
