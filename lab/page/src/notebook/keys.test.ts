import { expect, test } from "vitest";
import { french } from "../words.fr.js";
import { type ActionName, KeyReader, keyBindings, type Pressed, readableKeys } from "./keys.js";

const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const key = (name: string, held: Partial<Pressed> = {}): Pressed => ({ ...plain, ...held, key: name });
const read = (pressed: Pressed, mode: "command" | "edit" = "command") => new KeyReader(() => 0).read(pressed, mode);

test.each<[Pressed, ActionName]>([
  [key("Enter", { shiftKey: true }), "run"],
  [key("Enter", { ctrlKey: true }), "runAndStay"],
  [key("Enter", { metaKey: true }), "runAndStay"],
  [key("Enter", { altKey: true }), "runAndInsert"],
  [key("a"), "addAbove"],
  [key("A", { shiftKey: false }), "addAbove"],
  [key("Z", { shiftKey: true }), "redo"],
  [key("ArrowUp", { ctrlKey: true, shiftKey: true }), "moveUp"],
])("a key of the table is its action: %o", (pressed, action) => {
  expect(read(pressed)).toBe(action);
});

test("Option and V on a Mac write a root, and check the exercise", () => {
  expect(read({ ...key("√", { altKey: true }), code: "KeyV" })).toBe("verify");
});

test("letters are for the editor while it has the focus, Escape leaves it", () => {
  expect(read(key("a"), "edit")).toBeUndefined();
  expect(read(key("Escape"), "edit")).toBe("commandMode");
  expect(read(key("Escape"), "command")).toBeUndefined();
  expect(read(key("s", { ctrlKey: true }), "edit")).toBe("save");
});

test("a letter with Ctrl is not the letter", () => {
  expect(read(key("c", { ctrlKey: true }))).toBeUndefined();
});

test("a cell is deleted by D twice within a second, and by nothing less", () => {
  let now = 0;
  const reader = new KeyReader(() => now);
  expect(reader.read(key("d"), "command")).toBeUndefined();
  now = 900;
  expect(reader.read(key("d"), "command")).toBe("deleteCell");
  now = 1000;
  expect(reader.read(key("d"), "command")).toBeUndefined();
  now = 2100;
  expect(reader.read(key("d"), "command")).toBeUndefined();
});

test("a key between the two breaks the pair", () => {
  const reader = new KeyReader(() => 0);
  reader.read(key("d"), "command");
  expect(reader.read(key("b"), "command")).toBe("addBelow");
  expect(reader.read(key("d"), "command")).toBeUndefined();
});

test("0 twice restarts on a keyboard whose digits want Shift, too", () => {
  const reader = new KeyReader(() => 0);
  reader.read(key("0", { shiftKey: true }), "command");
  expect(reader.read(key("0", { shiftKey: true }), "command")).toBe("restart");
});

test("the keys of the editor itself are listed but not taken from it", () => {
  expect(read(key("Tab"), "edit")).toBeUndefined();
  expect(read(key("F12"), "edit")).toBeUndefined();
  expect(keyBindings.filter(({ byEditor }) => byEditor).map(({ keys }) => keys)).toContain("F12");
});

test("no two actions have the same key in the same place", () => {
  const places = keyBindings.map(({ keys, where }) => `${where} ${keys}`);
  expect(new Set(places).size).toBe(places.length);
});

test("keys are written as they are on the reader's keyboard", () => {
  expect(readableKeys("Mod+Shift+ArrowUp", french.keys.names, false)).toBe("Ctrl Maj ↑");
  expect(readableKeys("Mod+s", french.keys.names, true)).toBe("⌘ S");
  expect(readableKeys("d d", french.keys.names, false)).toBe("D, D");
  expect(readableKeys("Mod+Shift+-", french.keys.names, false)).toBe("Ctrl Maj -");
});
