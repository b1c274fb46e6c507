// Listens to the keyboard for the whole page, and calls the action of a key where it applies.
import type { Notebook } from "@jupyterlab/notebook";
import type { Actions } from "./cell-actions.js";
import { KeyReader } from "./keys.js";

export function listenToKeys(notebook: Notebook, actions: Actions): void {
  const reader = new KeyReader();
  const handle = (event: KeyboardEvent) => {
    const place = placeOf(event, notebook);
    // Escape first closes what the editor has open, which then says so.
    if (place === undefined || event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    const name = reader.read(event, place === "edit" ? "edit" : "command");
    const action = name === undefined ? undefined : actions[name];
    if (action === undefined || (place === "elsewhere" && !worksElsewhere.has(name!))) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  // Run keys before the editor takes them; Escape and letters after everyone else.
  document.addEventListener("keydown", (event) => event.key === "Enter" && hasModifier(event) && handle(event), true);
  document.addEventListener("keydown", (event) => handle(event));
}

const worksElsewhere = new Set<string>(["save", "panel", "back", "verify", "run", "runAndStay"]);
const isModifier = (key: string): boolean => ["Shift", "Control", "Alt", "Meta"].includes(key);
const hasModifier = ({ shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent) => shiftKey || ctrlKey || altKey || metaKey;

/** `elsewhere`: a button, the panel. undefined: an open dialog, a field that is being filled in. */
function placeOf({ target }: KeyboardEvent, notebook: Notebook): "command" | "edit" | "elsewhere" | undefined {
  if (!(target instanceof Element) || target === document.body) return "command";
  if (target.closest("dialog, input, textarea, select, .jp-Stdin") !== null) return undefined;
  if (!notebook.node.contains(target)) return "elsewhere";
  if (target.closest(".cm-content") !== null) return "edit";
  return target.closest("button, a, summary, [role=tab]") === null ? "command" : "elsewhere";
}
