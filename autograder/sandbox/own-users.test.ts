import { expect, test } from "vitest";
import { hasL2 } from "./fixtures/layers.js";
import { chooseBlock, freshUser, parseUserMap } from "./own-users.js";

test("a map of users is read as the system writes it", () => {
  const rootless = "         0       1000          1\n         1     100000      65536\n";
  expect(parseUserMap(rootless)).toEqual([
    { start: 0, count: 1 },
    { start: 1, count: 65536 },
  ]);
  expect(parseUserMap("         0          0 4294967295\n")).toEqual([{ start: 0, count: 4294967295 }]);
});

test.each([
  { start: 1, count: 65536, from: 16_000, to: 50_000 },
  { start: 0, count: 4294967295, from: 2 ** 29, to: 2 ** 31 },
])("of $count users, those are taken that are no account and that every tool can count", ({ from, to, ...range }) => {
  const firsts = Array.from({ length: 200 }, () => chooseBlock(range));
  expect(Math.min(...firsts)).toBeGreaterThanOrEqual(from);
  expect(Math.max(...firsts) + 8192).toBeLessThan(to);
});

test.runIf(hasL2)("no two of the users that run at a time are the same or neighbours", () => {
  const users = Array.from({ length: 4000 }, freshUser).sort((a, b) => a - b);
  expect(users.slice(1).every((user, i) => user - users[i]! >= 2)).toBe(true);
});
