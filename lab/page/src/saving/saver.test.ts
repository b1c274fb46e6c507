import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Saver, type SaveState } from "./saver.js";

let text: string;
let disk: { text: string; version: number };
let kept: string | undefined;
let states: string[];
let fails: Error | undefined;

const conflict = new Error("409");

async function store(content: string, version: number): Promise<number> {
  await Promise.resolve();
  if (fails !== undefined) throw fails;
  if (version !== disk.version) throw conflict;
  disk = { text: content, version: version + 1 };
  return disk.version;
}

const newSaver = () =>
  new Saver<string, number>({
    version: 1,
    snapshot: () => text,
    store,
    isConflict: (error) => error === conflict,
    recovery: {
      keep: (content) => {
        kept = content();
      },
      forget: () => {
        kept = undefined;
      },
    },
    onState: ({ kind }: SaveState) => states.push(kind),
  });

function type(saver: Saver<string, number>, typed: string): void {
  text = typed;
  saver.changed();
}

beforeEach(() => {
  vi.useFakeTimers();
  [text, disk, kept, states, fails] = ["", { text: "", version: 1 }, undefined, [], undefined];
});

afterEach(() => {
  vi.useRealTimers();
});

test("a change is kept at once, and in the file two seconds later", async () => {
  const saver = newSaver();
  type(saver, "un");
  expect([kept, disk.text, saver.isDirty]).toEqual(["un", "", true]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([kept, disk.text, saver.isDirty]).toEqual([undefined, "un", false]);
  expect(states).toEqual(["modified", "saving", "saved"]);
});

test("changes that never stop are saved all the same", async () => {
  const saver = newSaver();
  for (let i = 0; i < 30; i++) {
    type(saver, `${i}`);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(disk.version).toBe(2);
});

test("what changes while it is written is written too, and the file is not said to hold it before", async () => {
  const saver = newSaver();
  type(saver, "un");
  const saving = saver.saveNow();
  type(saver, "deux");
  expect(await saving).toBe(true);
  expect(disk).toEqual({ text: "deux", version: 3 });
  expect(saver.isDirty).toBe(false);
});

test("nothing changed, nothing written", async () => {
  expect(await newSaver().saveNow()).toBe(true);
  expect(disk.version).toBe(1);
});

test("a file that others have changed is not written over", async () => {
  const saver = newSaver();
  disk = { text: "à eux", version: 7 };
  type(saver, "à moi");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(disk.text).toBe("à eux");
  expect(kept).toBe("à moi");
  expect(saver.state).toEqual({ kind: "conflict" });
});

test("ours is written over that version only, once it was chosen", async () => {
  const saver = newSaver();
  disk = { text: "à eux", version: 7 };
  type(saver, "à moi");
  await saver.saveNow();
  expect(await saver.keepMine(7)).toBe(true);
  expect(disk).toEqual({ text: "à moi", version: 8 });
  expect(saver.state).toEqual({ kind: "saved" });
});

test("theirs ends the conflict, and is what the next change builds on", async () => {
  const saver = newSaver();
  disk = { text: "à eux", version: 7 };
  type(saver, "à moi");
  await saver.saveNow();
  saver.loaded(7);
  expect([saver.isDirty, kept]).toEqual([false, undefined]);
  type(saver, "ensuite");
  expect(await saver.saveNow()).toBe(true);
  expect(disk.text).toBe("ensuite");
});

test("what the server could not write is tried again, and its reason told", async () => {
  const saver = newSaver();
  fails = new Error("disque plein");
  type(saver, "un");
  await vi.advanceTimersByTimeAsync(2000);
  expect(saver.state).toEqual({ kind: "failed", reason: "disque plein" });
  expect(kept).toBe("un");
  fails = undefined;
  await vi.advanceTimersByTimeAsync(5000);
  expect([disk.text, saver.state.kind, kept]).toEqual(["un", "saved", undefined]);
});

test("a page that only reads writes nothing", async () => {
  const saver = newSaver();
  saver.setReadOnly(true);
  type(saver, "un");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([disk.version, kept]).toEqual([1, undefined]);
});
