import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { settleClass } from "../practice/class-marks.js";
import { readTable } from "../practice/table.js";
import { readWorksheet } from "../practice/worksheet.js";
import { classOf, hostileReport, hostileText, payloads } from "./fixtures/hostile.js";
import { wordsIn } from "./languages.js";
import { forMoodle } from "./moodle.js";

const header = "Identifiant;Nom complet;Note;Note maximale;Feedback par commentaires";
const sheet = (rows: string) => readWorksheet(Buffer.from(`${header}\n${rows}`));

function back(
  folder: string,
  text: string,
  worksheet?: ReturnType<typeof readWorksheet>,
  names: readonly string[] = [],
) {
  const reports = [{ ...hostileReport(folder, text), handedInAs: folder }];
  const teams = new Map(names.length === 0 ? [] : [[folder, { members: names }]]);
  const { files, issues } = forMoodle(classOf(reports), settleClass(reports, { teams }), wordsIn.fr, worksheet);
  return { files: new Map(files.map(({ path, bytes }) => [path, bytes])), issues };
}

const zipOf = (files: ReadonlyMap<string, Uint8Array>) => unzipSync(files.get("moodle/feedback.zip")!);

describe("what goes back to Moodle", () => {
  it("is a page in each student's folder, by the name that Moodle gave", () => {
    const { files } = back("Émilie Noël_456_assignsubmission_file_", "x");
    const [[path, page], ...others] = Object.entries(zipOf(files)) as [[string, Uint8Array]];
    expect(others).toEqual([]);
    expect(path).toBe("Émilie Noël_456_assignsubmission_file_/feedback.html");
    expect(strFromU8(page)).toContain("Émilie Noël");
  });

  it("of an anonymous participant has no name", () => {
    const { files } = back("Participant_77_assignsubmission_file_", "x", sheet("Participant 77;;;20,00;"));
    expect(Object.keys(zipOf(files))).toEqual(["Participant_77_assignsubmission_file_/feedback.html"]);
  });

  it("of a team is a folder and a row a member", () => {
    const worksheet = sheet("Participant 456;Émilie Noël;;20,00;\nParticipant 457;Jean_Dupont;;20,00;");
    const { files, issues } = back("Émilie Noël_456_assignsubmission_file_", "x", worksheet, [
      "Noël Émilie",
      "Dupont Jean",
    ]);
    expect(issues.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^2 notes de la feuille de Moodle sont provisoires : .*--overrides/),
    ]);
    expect(Object.keys(zipOf(files))).toEqual([
      "Émilie Noël_456_assignsubmission_file_/feedback.html",
      "Jean Dupont_457_assignsubmission_file_/feedback.html",
    ]);
  });

  it("says of a mark that it is provisional, first of all in its comment", () => {
    const { files } = back("Émilie Noël_456_assignsubmission_file_", "x", sheet("Participant 456;Émilie Noël;;20,00;"));
    const [row] = readTable(files.get("moodle/worksheet.csv")!, "x").rows;
    expect(row![4]).toMatch(/^<ul><li>Note provisoire : une question reste à noter/);
  });

  it("is the same bytes for the same class", () => {
    const zip = () => Buffer.from(back("a_1_assignsubmission_file_", "x").files.get("moodle/feedback.zip")!);
    expect(zip()).toEqual(zip());
  });

  it("holds no path, no formula and no markup of a student's, whatever they wrote", () => {
    const check = (name: string, text: string): void => {
      const worksheet = sheet("Participant 456;Émilie Noël;;20,00;");
      const { files } = back(`${name}_456_assignsubmission_file_`, text, worksheet);
      for (const path of Object.keys(zipOf(files))) {
        expect(path).toMatch(/^[^/\\\p{Cc}]*_\d+_assignsubmission_file_\/feedback\.html$/u);
        expect(path.split("/")).toHaveLength(2);
        expect(path.split("_")).toHaveLength(5);
      }
      const [row] = readTable(files.get("moodle/worksheet.csv")!, "x").rows;
      expect(row![1]).toBe("Émilie Noël");
      expect(row![4]!.replace(/<\/?(ul|li)>/g, "")).not.toMatch(/[<>]/);
      expect(row![4]).toMatch(/^(<ul>|$)/);
    };
    for (const payload of payloads) check(payload, payload);
    for (const payload of payloads) check("Émilie Noël", payload);
    fc.assert(fc.property(hostileText, hostileText, check), { numRuns: 40 });
  });
});
