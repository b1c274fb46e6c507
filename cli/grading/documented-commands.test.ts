import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command } from "../command.js";
import { doctor } from "../commands/doctor.js";
import { createGradeCommand } from "../commands/grade.js";
import { gradescope } from "../commands/gradescope.js";
import { similar } from "../commands/similar.js";
import { courseRoot } from "../course-root.js";
import type { Terminal } from "../terminal.js";
import { makeSourceEdition } from "./fixtures/source-edition.js";

const text = readFileSync(join(courseRoot, "docs", "grading.md"), "utf8");
const shown = [...text.matchAll(/^npx retroprop (\w+) ?(.*)$/gm)].map(([, name = "", args = ""]) => ({ name, args }));

const edition = makeSourceEdition();
const commands: Readonly<Record<string, Command>> = {
  grade: createGradeCommand(async () => edition),
  gradescope,
  similar,
  doctor,
};

const folder = mkdtempSync(join(tmpdir(), "retroprop-documented-"));
const file = (name: string): string => join(folder, name);
const stub = join(courseRoot, "exercises", "tp1.ts");

beforeAll(() => {
  for (const name of ["submissions", "last-year"]) mkdirSync(file(name));
  cpSync(stub, file("submissions/Émilie Noël.ts"));
  cpSync(stub, file("last-year/Paul Roux.ts"));
  const archive = { "Émilie Noël_123_assignsubmission_file_/tp1.ts": strToU8(readFileSync(stub, "utf8")) };
  writeFileSync(file("submissions.zip"), zipSync(archive));
  writeFileSync(file("roster.csv"), "Nom;Prénom;Numéro étudiant;Absence\nNoël;Émilie;00123;\nDupont;Jean;00124;ABI\n");
  writeFileSync(file("decisions.json"), /<!-- decisions.json -->\n```json\n([\s\S]*?)```/.exec(text)?.[1] ?? "");
  writeFileSync(file("marks.json"), '{"format":1,"kind":"retroprop-marks","tp":"tp1","author":"A. T.","marks":[]}');
  writeFileSync(file("Notes.csv"), "Identifiant,Nom complet,Note,Note maximale\nParticipant 123,Émilie Noël,,20\n");
});
afterAll(() => {
  edition.remove();
  rmSync(folder, { recursive: true });
});

const silent: Terminal = {
  print() {},
  warn() {},
  style: (_, line) => line,
  progress: () => ({ update() {}, end() {} }),
};

/** The words of a command, its files and folders in ours. */
const wordsOf = (args: string): string[] =>
  args.split(" ").map((word) => (/^(?!--)(?=.*[./])/.test(word) ? file(word) : word));

describe("docs/grading.md", () => {
  it("shows commands there are, with options they have", () => {
    expect(shown.length).toBeGreaterThan(8);
    for (const { name, args } of shown) {
      for (const [option] of args.matchAll(/--[a-z-]+/g)) {
        expect(commands[name]?.help, `${name} ${option}`).toContain(option);
      }
    }
  });

  const distinct = new Map(shown.map((one) => [`${one.name} ${one.args}`, one]));
  const run = [...distinct.values()].filter(({ name }) => name === "grade" || name === "similar");

  // In the order of the page: later ones use what earlier ones wrote.
  it.each(run)(
    "$name $args: does what it says",
    async ({ name, args }) => {
      const layer = name === "grade" ? ["--require-isolation", "L1"] : [];
      expect(await commands[name]!.run([...wordsOf(args), ...layer], silent)).toBe(0);
      const out = wordsOf(args)[wordsOf(args).indexOf("--out") + 1]!;
      expect(existsSync(join(out, "index.html"))).toBe(true);
    },
    180_000,
  );

  it("tells the files that there are", () => {
    const told = [...text.matchAll(/^\| `([\w.-]+(?:\/|\.\w+)?)`/gm)].map(([, path = ""]) => path);
    expect(told).toEqual(expect.arrayContaining(["index.html", "grades.csv", "a-noter.html", "results.json"]));
    for (const path of told) expect(existsSync(file(join("grades/tp1", path))), path).toBe(true);
    for (const path of ["worksheet.csv", "feedback.zip"])
      expect(existsSync(file(`grades/tp1/moodle/${path}`))).toBe(true);
  });

  it("names files of the tree that exist", () => {
    const linked = [...text.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = ""]) => path);
    expect(linked.length).toBeGreaterThan(1);
    for (const path of linked) expect(existsSync(join(courseRoot, path)), path).toBe(true);
  });
});
