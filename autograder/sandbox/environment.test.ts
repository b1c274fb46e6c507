import { expect, test } from "vitest";
import { environmentOn } from "./environment.js";

const ours = { SystemRoot: "C:\\Windows", windir: "C:\\Windows", USERNAME: "prof", Path: "C:\\secret", KEY: "1" };

test("of the judge's environment nothing is given", () => {
  expect(environmentOn("linux", ours)).toEqual({});
  expect(environmentOn("darwin", ours)).toEqual({});
});

test("on Windows, what the system would add by itself is empty, but for where the system is", () => {
  const given = environmentOn("win32", ours);
  expect(Object.keys(given)).toHaveLength(11);
  expect(Object.entries(given).filter(([, value]) => value !== "")).toEqual([
    ["SYSTEMROOT", "C:\\Windows"],
    ["WINDIR", "C:\\Windows"],
  ]);
});
