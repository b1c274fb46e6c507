import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { courseRoot } from "../course-root.js";
import { makeSourceEdition } from "../grading/fixtures/source-edition.js";
import type { Terminal } from "../terminal.js";
import { createGradeCommand } from "./grade.js";

const edition = makeSourceEdition();
const folder = mkdtempSync(join(tmpdir(), "retroprop-grade-"));
const students = join(folder, "class");
const isolation = ["--require-isolation", "L1"];

beforeAll(() => {
  mkdirSync(join(students, "nobody"), { recursive: true });
  const demo = join(courseRoot, "test", "demo", "class");
  for (const name of readdirSync(demo)) copyFileSync(join(demo, name), join(students, name));
  copyFileSync(join(courseRoot, "solutions", "tp1.ipynb"), join(students, "reference.ipynb"));
  copyFileSync(join(courseRoot, "solutions", "tp1.ts"), join(students, "reference.ts"));
  copyFileSync(join(courseRoot, "exercises", "tp1.ts"), join(students, "stub.ts"));
  writeFileSync(join(students, "=1+1.pdf"), "%PDF");
});
afterAll(() => {
  edition.remove();
  rmSync(folder, { recursive: true });
});

describe("retroprop grade, on the class of the demonstration", () => {
  let marks: Record<string, number | null> = {};
  const out = join(folder, "report");
  const read = (file: string) => readFileSync(join(out, file), "utf8");

  beforeAll(async () => {
    const { code, text } = await run([
      "tp1",
      students,
      "--out",
      out,
      "--seed",
      "7",
      "--jobs",
      "2",
      "--json",
      ...isolation,
    ]);
    expect(code).toBe(1); // two could not be graded
    marks = marksIn(text);
  }, 300_000);

  it("gives the reference 20, the stub 0, the others as they deserve", () => {
    expect(marks).toMatchObject({ "reference.ipynb": 20, "reference.ts": 20, stub: 0, "=1+1.pdf": null, nobody: null });
    for (const name of ["unstable-softmax", "forgotten-g", "aliased-gradient", "endless-loop", "kills-its-parent"]) {
      expect(marks[name], name).toBeGreaterThan(9);
      expect(marks[name], name).toBeLessThan(20);
    }
    expect(marks["reads-the-tests"]).toBeLessThan(2);
  });

  it("names the mistakes, each to its student", () => {
    expect(read("students/unstable-softmax.html")).toMatch(/exponentielle déborde/);
    expect(read("students/endless-loop.html")).toMatch(/boucle qui ne finit pas/);
    expect(read("grades.csv")).toContain("'=1+1.pdf");
  });

  it("keeps the seed for staff", () => {
    expect(JSON.parse(read("results.json"))).toMatchObject({ seed: 7, tp: "tp1", canaries: expect.any(Array) });
    for (const name of readdirSync(join(out, "students"))) expect(read(`students/${name}`)).not.toMatch(/graine/);
  });

  it("gives the same marks without the endless loop and the crash, one at a time", async () => {
    for (const name of ["endless-loop.ts", "kills-its-parent.ts"]) rmSync(join(students, name));
    const args = ["tp1", students, "--out", out, "--seed", "7", "--fresh", "--jobs", "1", "--json", ...isolation];
    const again = await run(args);
    const { "endless-loop": _, "kills-its-parent": __, ...rest } = marks;
    expect(marksIn(again.text)).toEqual(rest);
    expect(readdirSync(join(out, "students"))).not.toContain("endless-loop.html");
    expect(again.warnings).toMatch(/^endless-loop : .* → pas là$/m);
  }, 300_000);

  it("prints the layer, the table and where the report is; one submission alone exits with 0", async () => {
    const { code, text } = await run(["tp1", join(students, "stub.ts"), "--out", join(folder, "alone"), ...isolation]);
    expect(code).toBe(0);
    expect(text).toMatch(/^Isolation: L[123]/);
    expect(text).toMatch(/^stub +0 +0/m);
    expect(text).toMatch(/Marks are provisional/);
    expect(text).toMatch(/^Report: .*index\.html/m);
  }, 180_000);

  it("grades again only what has changed since, with the same seed, and says whose mark moves and why", async () => {
    copyFileSync(join(courseRoot, "solutions", "tp1.ts"), join(students, "stub.ts"));
    const { code, text } = await run(["tp1", students, "--out", out, ...isolation]);
    expect(code).toBe(1);
    expect(JSON.parse(read("results.json")).seed).toBe(7);
    expect(text).toMatch(/^6 of 9 kept from an earlier run/m); // two were refused, one changed
    expect(text).toMatch(/^stub : 0 → 20\n {2}a changé : le rendu\n {2}tp1\./m);
    expect(text).not.toMatch(/reference.* → /);
  }, 180_000);
});

describe("retroprop grade, for a course", () => {
  const out = join(folder, "practice");
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const read = (name: string) => readFileSync(join(out, name), "utf8");

  it("opens an archive, knows who is missing, keeps decisions, fills Moodle's worksheet and says whose mark moves", async () => {
    const work = readFileSync(join(courseRoot, "solutions", "tp1.ts"));
    const handedIn = "Émilie Noël_123_assignsubmission_file_";
    const archive = join(folder, "rendus.zip");
    writeFileSync(
      archive,
      zipSync({
        [`${handedIn}/tp1.ts`]: work,
        [`${handedIn}/equipe.json`]: Buffer.from('["Émilie Noël","Jean Dupont"]'),
      }),
    );
    const args = ["tp1", archive, "--out", out, "--seed", "7", ...isolation];
    expect((await run(args)).code).toBe(0);
    const earlier = file("earlier.json", read("results.json"));

    const nobody = '{"student":"Une\\nAutre","bonus":1,"reason":"aide","author":"A."}';
    const { code, text, warnings } = await run([
      ...args,
      "--roster",
      file("liste.csv", "Nom;Prénom;Absence\nNoël;Émilie;\nDupont;Jean;\nMartin;Zoé;ABJ\n"),
      "--overrides",
      file(
        "notes.json",
        `{"adjustments":[{"student":"Émilie Noël","bonus":-3,"reason":"aide","author":"A."},${nobody}]}`,
      ),
      "--worksheet",
      file(
        "moodle.csv",
        "Identifiant,Nom complet,Note,Note maximale\nParticipant 123,Émilie Noël,,20\nParticipant 124,Zoé Martin,,20\n",
      ),
      "--compare",
      earlier,
      "--french-csv",
      "--markdown",
    ]);
    expect(code).toBe(0);
    expect(read("grades.csv")).toMatch(/Noël.*;17(?:;|,)/);
    expect(read("grades.csv")).toMatch(/Martin.*ABJ/);
    expect(read("moodle/worksheet.csv")).toMatch(/Participant 123,Émilie Noël,17/);
    expect(Object.keys(unzipSync(readFileSync(join(out, "moodle", "feedback.zip")))).join()).toMatch(/Noël_123_/);
    expect(text).toMatch(/Noël Émilie : 20 → 17/);
    expect(text).toMatch(/^These are the marks of the tests: those with your decisions/m);
    expect(warnings).toMatch(/^un ajustement nomme « Une Autre »/m); // each in a line of its own
    expect(readdirSync(join(out, "students")).some((name) => name.endsWith(".md"))).toBe(true);
  }, 300_000);

  it("says what is wrong with a file of staff before anything is graded", async () => {
    const bad = file("bad.json", '{"adjustments":[{"student":"x"}]}');
    const request = run(["tp1", join(students, "stub.ts"), "--out", out, "--overrides", bad]);
    await expect(request).rejects.toMatchObject({ name: "CliError", message: expect.stringContaining("bad.json") });
  });
});

describe("retroprop grade, used wrongly", () => {
  it.each([
    [[], "which TP?"],
    [["tp7", "x", "--out", "y"], "no TP `tp7` to grade: there is tp1"],
    [["tp1"], "what to grade?"],
    [["tp1", "nowhere", "--out", "y"], "nowhere does not exist"],
    [["tp1", "."], "where does the report go? Add --out DIR"],
    [["tp1", ".", "--out", "report-in-the-class"], "lies in ., which is graded"],
    [
      ["tp1", "package.json", "--out", "nowhere", "--seed", "x"],
      "--seed expects a whole number, 0 or more; received x",
    ],
    [
      ["tp1", "package.json", "--out", "nowhere", "--jobs", "0"],
      "--jobs expects a whole number, 1 or more; received 0",
    ],
    [["tp1", "package.json", "--out", "nowhere", "--require-isolation", "L9"], "expects L0, L1, L2, L3; received L9"],
    [["tp1", "package.json", "--out", "src"], "--out src is not empty and holds no earlier report"],
    [["tp1", "--fast"], "Unknown option '--fast'"],
  ])("%j is refused with what to do instead", async (args, message) => {
    await expect(run(args)).rejects.toMatchObject({
      name: "CliError",
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

describe("retroprop grade, without a folder for temporary files", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.skipIf(process.platform === "win32")(
    "says so, with the remedy (skipped on Windows: another variable)",
    async () => {
      vi.stubEnv("TMPDIR", join(folder, "gone"));
      const request = run(["tp1", join(students, "stub.ts"), "--out", join(folder, "no-room"), ...isolation]);
      const message = expect.stringMatching(/temporary files, .*gone \(ENOENT\).* TMPDIR/);
      await expect(request).rejects.toMatchObject({ name: "CliError", exitCode: 2, message });
    },
  );
});

function marksIn(json: string): Record<string, number | null> {
  const { students } = JSON.parse(json) as { students: { student: string; mark: number | null }[] };
  return Object.fromEntries(students.map(({ student, mark }) => [student, mark]));
}

async function run(args: readonly string[]) {
  const lines: string[] = [];
  const warnings: string[] = [];
  const terminal: Terminal = {
    print: (line = "") => void lines.push(line),
    warn: (line) => void warnings.push(line),
    style: (_format, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };
  const command = createGradeCommand(async () => edition);
  const code = await command.run(args, terminal);
  return { code, text: lines.join("\n"), warnings: warnings.join("\n") };
}
