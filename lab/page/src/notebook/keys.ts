// The keys of the notebook, as Jupyter's users know them: a table, and what recognises a key in it.

export type ActionName =
  | "run"
  | "runAndStay"
  | "runAndInsert"
  | "runAll"
  | "runAllAbove"
  | "interrupt"
  | "restart"
  | "restartAndRunAll"
  | "addAbove"
  | "addBelow"
  | "moveUp"
  | "moveDown"
  | "cut"
  | "copy"
  | "paste"
  | "deleteCell"
  | "undo"
  | "redo"
  | "toMarkdown"
  | "toCode"
  | "editMode"
  | "commandMode"
  | "selectAbove"
  | "selectBelow"
  | "extendAbove"
  | "extendBelow"
  | "selectAll"
  | "firstCell"
  | "lastCell"
  | "merge"
  | "split"
  | "toggleOutput"
  | "save"
  | "export"
  | "panel"
  | "keys"
  | "verify"
  | "complete"
  | "help"
  | "definition"
  | "back"
  | "nextProblem";

export interface KeyBinding {
  /** `Shift+Enter`, `Mod+s` (Ctrl, or ⌘ on a Mac), `d d` (twice). */
  readonly keys: string;
  readonly action: ActionName;
  readonly where: "anywhere" | "command" | "edit";
  /** The editor's own, which stand here for the list of keys. */
  readonly byEditor?: true;
}

export const keyBindings: readonly KeyBinding[] = [
  { keys: "Shift+Enter", action: "run", where: "anywhere" },
  { keys: "Mod+Enter", action: "runAndStay", where: "anywhere" },
  { keys: "Alt+Enter", action: "runAndInsert", where: "anywhere" },
  { keys: "Mod+s", action: "save", where: "anywhere" },
  { keys: "Alt+v", action: "verify", where: "anywhere" },
  { keys: "Alt+p", action: "panel", where: "anywhere" },
  { keys: "Alt+F12", action: "back", where: "anywhere" },
  { keys: "Enter", action: "editMode", where: "command" },
  { keys: "ArrowUp", action: "selectAbove", where: "command" },
  { keys: "k", action: "selectAbove", where: "command" },
  { keys: "ArrowDown", action: "selectBelow", where: "command" },
  { keys: "j", action: "selectBelow", where: "command" },
  { keys: "Shift+ArrowUp", action: "extendAbove", where: "command" },
  { keys: "Shift+ArrowDown", action: "extendBelow", where: "command" },
  { keys: "Mod+Home", action: "firstCell", where: "command" },
  { keys: "Mod+End", action: "lastCell", where: "command" },
  { keys: "Mod+a", action: "selectAll", where: "command" },
  { keys: "a", action: "addAbove", where: "command" },
  { keys: "b", action: "addBelow", where: "command" },
  { keys: "x", action: "cut", where: "command" },
  { keys: "c", action: "copy", where: "command" },
  { keys: "v", action: "paste", where: "command" },
  { keys: "d d", action: "deleteCell", where: "command" },
  { keys: "z", action: "undo", where: "command" },
  { keys: "Shift+z", action: "redo", where: "command" },
  { keys: "m", action: "toMarkdown", where: "command" },
  { keys: "y", action: "toCode", where: "command" },
  { keys: "Shift+m", action: "merge", where: "command" },
  { keys: "Mod+Shift+ArrowUp", action: "moveUp", where: "command" },
  { keys: "Mod+Shift+ArrowDown", action: "moveDown", where: "command" },
  { keys: "o", action: "toggleOutput", where: "command" },
  { keys: "s", action: "save", where: "command" },
  { keys: "i i", action: "interrupt", where: "command" },
  { keys: "0 0", action: "restart", where: "command" },
  { keys: "h", action: "keys", where: "command" },
  { keys: "Escape", action: "commandMode", where: "edit" },
  { keys: "Mod+Shift+-", action: "split", where: "edit" },
  { keys: "Tab", action: "complete", where: "edit", byEditor: true },
  { keys: "Shift+Tab", action: "help", where: "edit", byEditor: true },
  { keys: "F12", action: "definition", where: "edit", byEditor: true },
  { keys: "F8", action: "nextProblem", where: "edit", byEditor: true },
];

/** What we read of a KeyboardEvent. */
export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** `KeyV`: the place of the key. */
  readonly code?: string;
}

/** Reads keys one after the other; the second of a pair must come within a second. */
export class KeyReader {
  readonly #now: () => number;
  #last = "";
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  read(pressed: Pressed, mode: "command" | "edit"): ActionName | undefined {
    const key = nameOf(pressed);
    const pair = this.#now() - this.#lastAt <= 1000 ? `${this.#last} ${key}` : "";
    const found = keyBindings.find(
      ({ keys, where, byEditor }) =>
        (keys === key || keys === pair) && (where === "anywhere" || where === mode) && byEditor === undefined,
    );
    this.#last = found === undefined ? key : "";
    this.#lastAt = this.#now();
    return found?.action;
  }
}

/** Letters by what they write, so that any keyboard layout does; Shift counts only with what has no other form. */
function nameOf(pressed: Pressed): string {
  const { shiftKey, altKey, ctrlKey, metaKey } = pressed;
  const key = letterOf(pressed);
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  const parts = [
    ...(ctrlKey || metaKey ? ["Mod"] : []),
    ...(altKey ? ["Alt"] : []),
    ...(shiftKey && !(isSign && !ctrlKey && !metaKey) ? ["Shift"] : []),
    key.length === 1 ? key.toLowerCase() : key,
  ];
  return parts.join("+").replace("Shift+_", "Shift+-");
}

/** On a Mac, Option and V write « √ ». */
function letterOf({ key, altKey, code = "" }: Pressed): string {
  return altKey && key.length === 1 && key > "~" && code.startsWith("Key") ? code.slice(3) : key;
}

/** `Mod+Shift+ArrowUp` → `Ctrl Maj ↑`, with the names of the reader's keyboard. */
export function readableKeys(keys: string, names: Readonly<Record<string, string>>, isMac: boolean): string {
  const all: Readonly<Record<string, string>> = { ...names, Mod: isMac ? "⌘" : "Ctrl" };
  const readable = (key: string) => all[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return keys
    .split(" ")
    .map((stroke) =>
      stroke
        .split(/\+(?=.)/)
        .map(readable)
        .join(" "),
    )
    .join(", ");
}
