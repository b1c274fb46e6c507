import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultDataHome } from "./data-home.js";
import * as points from "./points.js";
import { type Checksum, readRegistry, registryPath } from "./registry.js";
import * as regression from "./regression.js";

const entries = readRegistry();
const dataFolder = dirname(registryPath());
// The formatter aligns the columns of tables: one space is as good as ten.
const readme = readFileSync(join(dataFolder, "README.md"), "utf8").replace(/ {2,}/g, " ");
const files = entries.flatMap((entry) => entry.files.map((file) => ({ entry, file })));

describe("the registry", () => {
  it("names each set once", () => {
    const names = entries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("gives each file whole checksums, a size and a split that has counts", () => {
    expect(files.length).toBeGreaterThan(0);
    for (const { entry, file } of files) {
      for (const digest of Object.values(file.sha256)) expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(file.size).toBeGreaterThan(0);
      expect(Object.keys(entry.splits)).toContain(file.split);
    }
  });

  it("counts as many examples in the classes as in the split", () => {
    const splits = entries.flatMap(({ classNames, splits }) =>
      Object.values(splits).map((split) => ({ ...split, classNames })),
    );
    for (const { examples, perClass, classNames } of splits) {
      expect(perClass?.length ?? 0).toBe(classNames.length);
      if (perClass !== undefined) expect(perClass.reduce((sum, count) => sum + count)).toBe(examples);
    }
  });

  it("pins the npm packages that the course installs", () => {
    const course = JSON.parse(readFileSync(join(dataFolder, "..", "package.json"), "utf8"));
    const pinned = entries.flatMap(({ carrier }) =>
      carrier.kind === "npm" ? [[carrier.package, carrier.version]] : [],
    );
    expect(pinned).toHaveLength(2);
    for (const [name, version] of pinned) expect(course.dependencies[name!]).toBe(version);
  });

  it("says where to fetch each file that npm does not carry", () => {
    for (const { entry, file } of files) {
      const fetched = entry.carrier.kind === "download";
      expect(file.download !== undefined).toBe(fetched);
      if (fetched) expect(entry.urls.every((url) => url.startsWith("https://") && url.endsWith("/"))).toBe(true);
    }
  });

  it("lists all the sets that are computed, and only those", () => {
    const named = entries.flatMap(({ carrier }) => (carrier.kind === "code" ? carrier.functions : []));
    expect([...named].sort()).toEqual([...Object.keys(points), ...Object.keys(regression)].sort());
  });
});

describe("data/README.md", () => {
  it("has a row for each set: its carrier, counts, licence and origin", () => {
    for (const { name, carrier, splits, licence, source } of entries) {
      const row = tableRow(name);
      expect(row).toContain(
        Object.values(splits)
          .map(({ examples }) => examples)
          .join(" / "),
      );
      expect(row).toContain(`| ${licence} | ${source} |`);
      if (carrier.kind === "npm") expect(row).toContain(`npm \`${carrier.package}\` ${carrier.version}`);
      if (carrier.kind === "download") expect(row).toContain(`retroprop data fetch ${name}`);
      if (carrier.kind === "code") for (const each of carrier.functions) expect(row).toContain(`\`${each}\``);
    }
  });

  it("quotes each licence note and each address", () => {
    for (const { carrier, licenceNote, urls } of entries) {
      if (carrier.kind !== "code") expect(readme).toContain(licenceNote);
      for (const url of urls) expect(readme).toContain(`<${url}>`);
    }
  });

  it("has the checksums of the registry, and no other", () => {
    const registered = files.flatMap(({ entry, file }) => checksumRows(entry.name, file));
    const written = readme.split(/\r?\n/).filter((line) => /[0-9a-f]{64}/.test(line));
    expect(written).toEqual(registered);
  });
});

describe("the data folder", () => {
  it("lets git see nothing but the registry and its page: fetched sets are never committed", () => {
    const rules = readFileSync(join(dataFolder, ".gitignore"), "utf8")
      .split(/\r?\n/)
      .filter((line) => /^[^#]/.test(line));
    expect(rules).toEqual(["*", "!.gitignore", "!README.md", "!registry.json"]);
  });

  it("is looked into after the folder that RETROPROP_DATA names", () => {
    const before = process.env["RETROPROP_DATA"];
    try {
      process.env["RETROPROP_DATA"] = join(dataFolder, "shared");
      expect(defaultDataHome().folders).toEqual([join(dataFolder, "shared"), dataFolder]);
      delete process.env["RETROPROP_DATA"];
      expect(defaultDataHome().folders).toEqual([dataFolder]);
    } finally {
      if (before !== undefined) process.env["RETROPROP_DATA"] = before;
    }
  });
});

const tableRow = (name: string): string => readme.split(/\r?\n/).find((line) => line.startsWith(`| ${name} | `)) ?? "";

const checksumRows = (name: string, file: { path: string; size: number; sha256: Checksum }): string[] =>
  Object.entries(file.sha256).map(
    ([of, digest]) => `| ${name} | \`${file.path}\` | ${file.size} | ${of} | \`${digest}\` |`,
  );
