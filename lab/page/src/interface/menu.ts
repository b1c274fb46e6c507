// A button that opens a list of actions: arrows move, Enter acts, Escape closes and gives the focus back.
import { element } from "./dom.js";

export interface MenuItem {
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** `"separator"` draws a line. */
export function menuButton(
  label: string,
  face: readonly (Node | string)[],
  items: readonly (MenuItem | "separator")[],
): HTMLElement {
  const button = element(
    "button",
    { class: "rp-tool", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label, title: label },
    ...face,
  );
  const list = element("div", { class: "rp-menu", role: "menu", "aria-label": label, hidden: true });
  const root = element("div", { class: "rp-menu-root" }, button, list);
  const show = (shown: boolean) => {
    list.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (shown) entries(list)[0]?.focus();
  };
  const close = () => {
    show(false);
    button.focus();
  };
  list.append(...items.map((item) => entryFor(item, close)));
  button.addEventListener("click", () => show(list.hidden));
  list.addEventListener("keydown", (event) => moveIn(list, event, close));
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!root.contains(relatedTarget as Node | null)) show(false);
  });
  return root;
}

function entryFor(item: MenuItem | "separator", close: () => void): HTMLElement {
  if (item === "separator") return element("div", { role: "separator", class: "rp-menu-line" });
  const act = () => {
    close();
    item.run();
  };
  const keys = item.keys === undefined ? [] : [element("kbd", {}, item.keys)];
  return element("button", { role: "menuitem", tabindex: -1, onclick: act }, element("span", {}, item.label), ...keys);
}

const entries = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=menuitem]")];

function moveIn(list: HTMLElement, event: KeyboardEvent, close: () => void): void {
  const all = entries(list);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + all.length,
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[event.key];
  if (event.key === "Escape") close();
  else if (target !== undefined) all[target % all.length]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
