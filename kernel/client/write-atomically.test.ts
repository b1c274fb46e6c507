import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { whyNotWritable, writeAtomically } from "./write-atomically.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("writes in a folder that was not there, over a file that was", () => {
  const path = join(folder, "a", "b", "x.txt");
  writeAtomically(path, "one");
  writeAtomically(path, "deux");
  expect(readFileSync(path, "utf8")).toBe("deux");
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["x.txt"]);
});

test("a write that fails leaves what was there, and no temporary file", () => {
  const path = join(folder, "taken");
  mkdirSync(path);
  writeFileSync(join(path, "kept"), "");
  expect(() => writeAtomically(path, "x")).toThrow();
  expect(readdirSync(folder)).toEqual(["taken"]);
  expect(readdirSync(path)).toEqual(["kept"]);
});

test("says why a path cannot be written, and makes nothing in finding out", () => {
  writeFileSync(join(folder, "file"), "");
  expect(whyNotWritable(folder)).toBe("it is a folder");
  expect(whyNotWritable(join(folder, "file", "x.html"))).toContain("is a file, not a folder");
  expect(whyNotWritable(join(folder, "file", "deep", "x.html"))).toContain("is a file, not a folder");
  expect(whyNotWritable(join(folder, "new", "deep", "x.html"))).toBeUndefined();
  expect(whyNotWritable(join(folder, "file"))).toBeUndefined();
  expect(readdirSync(folder)).toEqual(["file"]);
});
