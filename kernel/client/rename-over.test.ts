import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { renameOver } from "./rename-over.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-rename-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [from, to] = [join(folder, "new.txt"), join(folder, "old.txt")];

/** Somebody has the file open, the first `times` times. */
function busy(times: number, code: string): { rename: typeof renameSync; tries: () => number } {
  let tries = 0;
  const rename = (...paths: Parameters<typeof renameSync>) => {
    if (++tries <= times) throw Object.assign(new Error(code), { code });
    renameSync(...paths);
  };
  return { rename, tries: () => tries };
}

test.each(["EPERM", "EACCES", "EBUSY"])("a file that is open for a moment (%s) is replaced all the same", (code) => {
  writeFileSync(from, "new");
  writeFileSync(to, "old");
  renameOver(from, to, { waits: [1, 1, 1], rename: busy(2, code).rename });
  expect([existsSync(from), readFileSync(to, "utf8")]).toEqual([false, "new"]);
});

test("one that stays open is an error in the end, and nothing is lost", () => {
  writeFileSync(from, "new");
  writeFileSync(to, "old");
  expect(() => renameOver(from, to, { waits: [1, 1], rename: busy(9, "EBUSY").rename })).toThrow("EBUSY");
  expect([readFileSync(from, "utf8"), readFileSync(to, "utf8")]).toEqual(["new", "old"]);
});

test("other errors are told at once", () => {
  const full = busy(1, "ENOSPC");
  expect(() => renameOver(from, to, { waits: [60_000], rename: full.rename })).toThrow("ENOSPC");
  expect(full.tries()).toBe(1);
});
