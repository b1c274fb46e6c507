import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { smallClass } from "../../autograder/report/fixtures/small-class.js";
import { makeJournalFolder, openJournal } from "./journal.js";
import { marksTable } from "./marks-table.js";
import { checkReportFolder, writeReport } from "./write-report.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the folder of a report", () => {
  it("is made where there is none, and replaced whole where there is one", () => {
    const out = join(folder, "deep", "report");
    checkReportFolder(out);
    writeReport(out, smallClass);
    checkReportFolder(out);
    writeReport(out, { ...smallClass, graded: smallClass.graded.slice(0, 1) });
    expect(readdirSync(join(out, "students"))).toEqual(["emilie-noel.html"]);
    expect(existsSync(join(out, "results.json"))).toBe(true);
  });

  it("is taken where an interrupted run left its journal and a part of its report", () => {
    const journal = makeJournalFolder(folder);
    checkReportFolder(folder);
    openJournal(journal, { tp: "tp1" }).close();
    mkdirSync(join(folder, "students"));
    writeFileSync(join(folder, "students", "nobody-any-more.html"), "");
    checkReportFolder(folder);
    writeReport(folder, { ...smallClass, graded: smallClass.graded.slice(0, 1) });
    expect(readdirSync(join(folder, "students"))).toEqual(["emilie-noel.html"]);
  });

  it("is refused before anything is graded when it cannot be made", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => checkReportFolder(join(folder, "file", "report"))).toThrow(
      /no report can be written to --out .* not a folder/,
    );
  });

  it("says what to do when the disk refuses it, and of another fault that it is ours", () => {
    mkdirSync(join(folder, "results.json"));
    expect(() => writeReport(folder, smallClass)).toThrow(/could not be written whole \(E\w+\): every mark .* is kept/);
    expect(() => writeReport(folder, { ...smallClass, graded: [{}] } as never)).toThrow(TypeError);
  });

  it("is refused, and untouched, when it holds something else", () => {
    writeFileSync(join(folder, "results.json"), '{"mine":true}');
    expect(() => checkReportFolder(folder)).toThrow(/is not empty and holds no earlier report/);
    expect(() => checkReportFolder(join(folder, "results.json"))).toThrow(/is a file: name a folder/);
    expect(readdirSync(folder)).toEqual(["results.json"]);
  });

  it("may be an empty one", () => {
    mkdirSync(join(folder, "empty"));
    expect(() => checkReportFolder(join(folder, "empty"))).not.toThrow();
  });
});

describe("the table of marks", () => {
  it("has a line a student, the mark, the points and what went wrong", () => {
    expect(marksTable(smallClass)).toEqual([
      "                                 mark/20  softmax  nll",
      "Émilie Noël                           20        2    1",
      '=HYPERLINK("http://x")<b>⟨2…           0        0    0  softmax sans décalage',
      "refusé                           refused                erreur de syntaxe, tp1.ts, ligne 12.",
      "Emilie Noel                   not-graded        1    1  not-graded",
    ]);
  });

  it("is cut for a class that is too long for a terminal", () => {
    const [one] = smallClass.graded;
    const lines = marksTable({ ...smallClass, graded: Array.from({ length: 500 }, () => one!) });
    expect(lines).toHaveLength(62);
    expect(lines.at(-1)).toBe("… and 440 more in grades.csv");
  });
});
