import { EventEmitter } from "node:events";
import { type FSWatcher, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Saves, watchFile } from "./watch-file.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-watch-"));
const path = join(folder, "tp1.ts");
let saves: Saves;
beforeAll(() => {
  writeFileSync(path, "");
  saves = watchFile(path);
});
afterAll(() => {
  saves.close();
  rmSync(folder, { recursive: true });
});

it("a save is seen, written in place or renamed over; several at once are one", async () => {
  writeFileSync(path, "1");
  writeFileSync(path, "2");
  await saves.next();
  writeFileSync(join(folder, "tp1.ts.tmp"), "3");
  renameSync(join(folder, "tp1.ts.tmp"), path);
  await saves.next();
});

it("a save during a check is not lost; another file's is none", async () => {
  writeFileSync(path, "4");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await saves.next();
  writeFileSync(join(folder, "other.ts"), "5");
  const silence = new Promise((resolve) => setTimeout(() => resolve("silence"), 200));
  expect(await Promise.race([saves.next(), silence])).toBe("silence");
});

it("a folder that cannot be watched any more is an error that says what to do, not a wait without end", async () => {
  const watcher = Object.assign(new EventEmitter(), { close: () => {} });
  const lost = watchFile(path, () => watcher as unknown as FSWatcher);
  setTimeout(() => watcher.emit("error", Object.assign(new Error("gone"), { code: "EPERM" })), 10);
  await expect(lost.next()).rejects.toThrow(/tp1\.ts can no longer be watched \(EPERM\): see whether/);
  await expect(lost.next()).rejects.toThrow(/can no longer be watched/);
});
