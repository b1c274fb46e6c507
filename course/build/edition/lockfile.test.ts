import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lockfileOf } from "./lockfile.js";

const courseLock = JSON.stringify({
  packages: {
    "": { name: "course", devDependencies: { lint: "1.0.0" } },
    "node_modules/a": { version: "1.0.0", dependencies: { b: "^1" }, optionalDependencies: { "only-mac": "1" } },
    "node_modules/a/node_modules/b": { version: "1.5.0", peerDependencies: { c: "*" } },
    "node_modules/b": { version: "2.0.0", dev: true },
    "node_modules/c": { version: "3.0.0", dev: true, dependencies: { d: "*" } },
    "node_modules/d": { version: "4.0.0", dev: true, integrity: "sha512-d" },
    "node_modules/lint": { version: "1.0.0", dev: true },
    "node_modules/tool": { resolved: "src", link: true },
    src: { name: "tool", version: "0.1.0" },
  },
});

const lockOf = (dependencies: Record<string, string>) =>
  JSON.parse(
    lockfileOf(
      courseLock,
      { name: "release", version: "0.1.0", workspaces: ["packages/*"], dependencies },
      new Map([
        ["packages/tool", { name: "tool", version: "0.1.0" }],
        ["packages/tool-cli", { name: "cli", version: "0.1.0", dependencies: { tool: "0.1.0" } }],
      ]),
    ),
  );

it("holds what the release needs, where Node finds it, and nothing else of the course", () => {
  expect(Object.keys(lockOf({ a: "1.0.0" }).packages)).toEqual([
    "",
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/c",
    "node_modules/cli",
    "node_modules/d",
    "node_modules/tool",
    "packages/tool",
    "packages/tool-cli",
  ]);
});

it("what only developers needed is needed in earnest, the same to the byte of its checksum", () => {
  expect(lockOf({ a: "1.0.0" }).packages["node_modules/d"]).toEqual({ version: "4.0.0", integrity: "sha512-d" });
});

it("its own packages are links; one says its name where its folder does not", () => {
  const { packages } = lockOf({});
  expect(packages["node_modules/tool"]).toEqual({ resolved: "packages/tool", link: true });
  expect(packages["packages/tool"]).toEqual({ version: "0.1.0" });
  expect(packages["packages/tool-cli"]).toMatchObject({ name: "cli" });
});

it("a package that the course has not locked is an error", () => {
  expect(() => lockOf({ unheard: "1.0.0" })).toThrow("internal: package-lock.json has no unheard: run `npm install`");
});

it("the course's own lockfile names no server, so that no release does", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { resolved?: string }>;
  };
  const resolved = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
  expect(resolved.filter((place) => place.includes("://"))).toEqual([]);
});
