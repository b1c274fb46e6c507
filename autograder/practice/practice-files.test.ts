import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { staffReport, twoQuestions } from "./fixtures/reports.js";
import { modifiedTimes, readPracticeFiles, settleWith } from "./practice-files.js";
import { markingKey } from "./written-marks.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-practice-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const student = "Émilie NOËL_456_assignsubmission_file_";
const report = staffReport(student, [10, 10], { handedInAs: student, questions: twoQuestions("a", "b") });
const late = { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 };

describe("the files of the staff", () => {
  it("together give the marks: roster, adjustments, marks by code, the worksheet's times", () => {
    const key = markingKey("tp1", [report], "salt");
    const marks = Object.keys(key.answers).map((code) => ({ code, points: 1 }));
    const known = readPracticeFiles({
      roster: file("roster.csv", "Nom;Prénom\nNoël;Émilie"),
      overrides: [
        file("adjustments.json", JSON.stringify({ rounding: "half", late })),
        file("a-noter-tp1.json", JSON.stringify({ format: 1, kind: "retroprop-marks", tp: "tp1", marks })),
      ],
      worksheet: file(
        "worksheet.csv",
        'Identifiant,Note,Dernière modification (travail remis)\nParticipant 456,,"lundi 2 mars 2026, 18:30"\n',
      ),
      key: file("a-noter-cle.json", JSON.stringify(key)),
    });
    const { marks: settled, issues } = settleWith(known, [report]);
    expect(issues).toEqual([]);
    expect(settled).toMatchObject([{ person: { name: "Noël Émilie" }, state: "graded", testMark: 20, mark: 15.5 }]);
    expect(known.previousKey?.salt).toBe("salt");
  });

  it("may all be absent: the tests give the mark", () => {
    expect(settleWith(readPracticeFiles({}), [report]).marks).toMatchObject([
      { person: { name: "Émilie NOËL" }, mark: 20 },
    ]);
  });

  it("one that is not there is named", () => {
    expect(() => readPracticeFiles({ roster: join(folder, "none.csv") })).toThrow(
      /none\.csv cannot be read \(ENOENT\)/,
    );
  });
});

it("the time of a submission is that of its newest file, and of one that was refused there is none", () => {
  const times = [1_000_000, 2_000_000].map((seconds, i) => {
    utimesSync(file(`${i}.ts`, ""), seconds, seconds);
    return { path: join(folder, `${i}.ts`) };
  });
  const found = modifiedTimes([
    { student: "a", files: times },
    { student: "b", files: [{ bytes: new Uint8Array(0) }] },
    { student: "c", files: [{ path: join(folder, "none.ts") }] },
  ]);
  expect([...found]).toEqual([["a", new Date(2e9)]]);
});
