import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { gradedSpecs } from "../../autograder/specs/graded.js";
import { tps } from "../manifest.js";
import { openLibrary } from "./library.js";
import { hiddenPart } from "./stub.js";
import { writeRelease } from "./write-release.js";

const root = resolve(".");
const tp1 = tps[0]!;

describe("the release of TP1", () => {
  let folder: string;
  let texts: Map<string, string>;
  let condensedTexts: Map<string, string>;
  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), "retroprop-release-")), "tp1");
    writeRelease(root, tp1, folder);
    texts = new Map(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
    condensedTexts = new Map([...texts].map(([file, text]) => [file, condensed(text)]));
    install(folder);
  }, 240_000);
  afterAll(() => rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 5 }));

  const holding = (text: string): string[] =>
    [...condensedTexts].filter(([, shown]) => shown.includes(condensed(text))).map(([file]) => file);
  const retroprop = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, "packages/retroprop-cli/dist/cli/student.js"), ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });

  it("has what a student works with, and one package for each thing it runs", () => {
    const expected = [
      "README.md",
      "package-lock.json",
      "notebooks/tp1.ipynb",
      "exercises/tp1.ts",
      "exercises/tsconfig.json",
      "data/README.md",
      "lab/page/bundle/page.js",
    ];
    expect(expected.filter((file) => !texts.has(file))).toEqual([]);
    expect(readdirSync(join(folder, "packages"))).toEqual(["retroprop", "retroprop-autograder", "retroprop-cli"]);
  });

  it("holds no line of a solution that is long enough to be told", () => {
    const files = tp1.exercises.map(({ symbol }) => symbol.replace(/#.*/, ""));
    const { declaration } = openLibrary(root, files);
    const bodies = tp1.exercises.map(({ symbol }) => hiddenPart(declaration(symbol, { file: "test", line: 1 })));
    const lines = bodies.flatMap((body) => body.split("\n"));
    const pairs = lines.slice(1).map((line, i) => lines[i]! + line);
    const telling = [...lines, ...pairs].filter((text) => condensed(text).length > 35);
    expect(telling.length).toBeGreaterThan(30);
    expect(telling.filter((text) => holding(text).length > 0)).toEqual([]);
  });

  it("holds no model answer and no rubric", () => {
    const answers = [
      ...readFileSync(join(root, "course/tp1/lesson.fr.md"), "utf8").matchAll(/```md question=.*\n(.*)/g),
    ];
    const secrets = [
      ...answers.map(([, answer]) => answer!.slice(0, 60)),
      ...tp1.questions.map(({ rubric }) => rubric),
    ];
    expect(secrets).toHaveLength(2 * tp1.questions.length);
    expect(secrets.filter((text) => holding(text).length > 0)).toEqual([]);
  });

  it("holds the title of every visible test, of no hidden one", () => {
    const tests = gradedSpecs["tp1"]!.flatMap((exercise) => exercise.tests);
    const titles = (kind: string) => tests.filter(({ visibility }) => visibility === kind).map(({ title }) => title);
    const visible = titles("visible");
    const hidden = titles("hidden").filter((title) => !visible.includes(title)); // one title may serve two exercises
    expect(hidden.length).toBeGreaterThan(8);
    expect(visible.filter((title) => holding(title).length === 0)).toEqual([]);
    expect(hidden.filter((title) => holding(title).length > 0)).toEqual([]);
  });

  it("holds no known mistake and no variant, neither as a file nor by its first words", () => {
    const folders = ["mistakes", "variants"].map((kind) => `autograder/specs/tp1/${kind}`);
    const written = folders.flatMap((kind) =>
      readdirSync(join(root, kind))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${kind}/${file}`),
    );
    expect(written.length).toBeGreaterThan(25);
    const openings = written.map((file) => readFileSync(join(root, file), "utf8").split("\n")[0]!);
    expect(openings.filter((line) => condensed(line).length > 12 && holding(line).length > 0)).toEqual([]);
    expect(
      [...texts.keys()].filter((file) => /hidden|mistake|variant|solution/.test(file.replace("train-mistakes", ""))),
    ).toEqual([]);
  });

  it("names no server of packages, no path of this machine, and has no source map", () => {
    expect([root, "://registry"].flatMap(holding)).toEqual([]);
    expect([...texts].filter(([, text]) => /^\/\/# sourceMappingURL/m.test(text)).map(([file]) => file)).toEqual([]);
    expect([...texts.keys()].filter((file) => file.endsWith(".map"))).toEqual([]);
  });

  it("locks every package it asks for", () => {
    const { dependencies } = JSON.parse(texts.get("package.json")!);
    const { packages } = JSON.parse(texts.get("package-lock.json")!);
    expect(packages[""].dependencies).toEqual(dependencies);
    for (const name of Object.keys(dependencies)) expect(packages).toHaveProperty([`node_modules/${name}`]);
    expect(dependencies).toHaveProperty("@types/node");
  });

  it("offers the commands of a student, not those of staff", () => {
    const { stdout, status } = retroprop("--help");
    expect(status).toBe(0);
    expect([...stdout.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name]) => name)).toEqual([
      "start",
      "run",
      "check",
      "data",
      "kernel",
      "doctor",
    ]);
  });

  it("serves the notebook in the browser, with the page that was built", async () => {
    const main = join(folder, "packages/retroprop-cli/dist/cli/student.js");
    const child = spawn(process.execPath, [main, "start", "tp1", "--no-open"], { cwd: folder });
    onTestFinished(async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.kill()) await ended;
      rmSync(join(folder, ".retroprop"), { recursive: true, force: true, maxRetries: 5 });
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8"); // read to its end: a pipe that is closed would end who writes into it
    });
    await vi.waitFor(() => expect(said).toMatch(/http:\S+token=\S+\s/), { timeout: 60_000 });
    const { origin, pathname, searchParams } = new URL(/http:\S+/.exec(said)![0]);
    const headers = { authorization: `token ${searchParams.get("token")}` };
    const get = async (path: string) => (await fetch(origin + path, { headers })).text();
    expect(pathname).toBe("/notebooks/notebooks/tp1.ipynb");
    expect(await get("/")).toContain("notebooks/tp1.ipynb");
    expect(await get(pathname)).toContain("/static/page.js");
    expect(await get("/static/page.js")).toBe(readFileSync(join(root, "lab/page/bundle/page.js"), "utf8"));
  }, 120_000);

  it("checks the stubs, which fail, and the solutions, which pass", () => {
    writeFileSync(join(folder, "exercises/tp1.ts"), texts.get("exercises/tp1.ts")!);
    const stubs = retroprop("check", "tp1");
    expect(stubs.stdout).toContain("pas encore complété");
    expect(stubs.status).toBe(1);
    copyFileSync(join(root, "solutions/tp1.ts"), join(folder, "exercises/tp1.ts"));
    const solutions = retroprop("check", "tp1");
    expect([solutions.stderr, solutions.status]).toEqual(["", 0]);
  }, 180_000);

  it("is replaced by a newer one only while it is as it was handed out", () => {
    const used = /holds .*, which is not as it was released: name a new folder/;
    expect(() => writeRelease(root, tp1, folder)).toThrow(used);
    expect(existsSync(join(folder, "notebooks/tp1.ipynb"))).toBe(true);
    expect(() => writeRelease(root, { ...tp1, name: "tp2" }, folder)).toThrow("is not empty: name a new folder");
  });

  it("is the same again, byte for byte, in the place of one that nobody touched", () => {
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    writeFileSync(join(folder, "exercises/tp1.ts"), texts.get("exercises/tp1.ts")!);
    expect(writeRelease(root, tp1, folder).replaced).toBe(true);
    const again = new Map(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
    expect([...again.keys()]).toEqual([...texts.keys()]);
    expect([...again].filter(([file, text]) => texts.get(file) !== text).map(([file]) => file)).toEqual([]);
  }, 240_000);
});

const condensed = (text: string): string => text.replace(/\s+/g, "");

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();

/** What `npm ci` does, with the packages that are already here. */
function install(folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const link = (target: string, name: string) => {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(target, join(folder, "node_modules", name), "junction");
  };
  for (const name of Object.keys(dependencies)) link(join(root, "node_modules", name), name);
  for (const name of readdirSync(join(folder, "packages"))) link(join(folder, "packages", name), name);
}
