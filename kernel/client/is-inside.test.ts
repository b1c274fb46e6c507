import { parse, resolve, win32 } from "node:path";
import { expect, test } from "vitest";
import { isInside } from "./is-inside.js";

const root = parse(resolve(".")).root;

test.each([
  ["the root of a drive holds every file of it", root, `${root}a/b.txt`, true],
  ["a folder holds itself", `${root}a`, `${root}a`, true],
  ["and what is below", `${root}a`, `${root}a/b/c.txt`, true],
  ["a name that begins with two dots is one like others", `${root}a`, `${root}a/..b`, true],
  ["not what is above", `${root}a/b`, `${root}a`, false],
  ["not what is beside", `${root}a`, `${root}ab/c.txt`, false],
  ["nor by way of two dots", `${root}a`, `${root}a/../c.txt`, false],
])("%s", (_, folder, file, inside) => {
  expect(isInside(folder, file)).toBe(inside);
});

test("on Windows, what is on another drive is in no folder of this one", () => {
  expect(isInside("C:\\course", "D:\\x.ipynb", win32)).toBe(false);
  expect(isInside("C:\\course", "C:\\course\\x.ipynb", win32)).toBe(true);
  expect(isInside("C:\\", "C:\\x.ipynb", win32)).toBe(true);
});
