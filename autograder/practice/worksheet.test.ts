import { describe, expect, it } from "vitest";
import { readAdjustments } from "./adjustments.js";
import { settleClass } from "./class-marks.js";
import { staffReport, twoQuestions } from "./fixtures/reports.js";
import { fillWorksheet, moodleFolders, readWorksheet, timesIn } from "./worksheet.js";

const french = [
  'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","La note peut être modifiée","Dernière modification (travail remis)","Dernière modification (note)","Feedback par commentaires"',
  '"Participant 4561","Émilie NOËL",e@u.example,"Remis pour évaluation",,"20,00",Oui,"lundi 2 mars 2026, 19:12",-,',
  '"Participant 4562","Jean DUPONT",j@u.example,"Aucun travail remis","3,00","20,00",Oui,-,-,"<p>avant cela</p>"',
  "",
].join("\r\n");
const worksheet = (text = french) => readWorksheet(Buffer.from(text));
const inFolder = (student: string, earned: [number, number]) => staffReport(student, earned, { handedInAs: student });
const noel = inFolder("Émilie NOËL_4561_assignsubmission_file_", [10, 4]);
const fill = (reports: ReturnType<typeof staffReport>[], text = french, practice = {}) => {
  const marks = settleClass(reports, practice);
  const filled = fillWorksheet(worksheet(text), marks, moodleFolders(reports), ({ mark }) => `note ${mark}`);
  return { text: Buffer.from(filled.bytes).toString("utf8"), issues: filled.issues.map(({ text }) => text) };
};

describe("Moodle's worksheet", () => {
  it("gets the mark and the comment of each row, and keeps every other byte", () => {
    const { text, issues } = fill([noel]);
    const expected = french.replace(
      ',,"20,00",Oui,"lundi 2 mars 2026, 19:12",-,',
      ',"14,00","20,00",Oui,"lundi 2 mars 2026, 19:12",-,"note 14"',
    );
    expect(text).toBe(expected);
    expect(issues).toEqual([]);
  });

  it("in English has its decimal point; a row without a mark keeps its own", () => {
    const english =
      "Identifier,Full name,Grade,Maximum grade,Feedback comments\nParticipant 4561,Émilie NOËL,1.00,20.00,\n";
    expect(fill([noel], english).text).toContain("Participant 4561,Émilie NOËL,14.00,20.00,note 14");
  });

  it("of anonymous participants knows the row by its number", () => {
    const blind = "Identifiant,Statut,Note,Note maximale\nParticipant 77,Remis,,20.00\nParticipant 78,Remis,,20.00\n";
    const { text, issues } = fill([inFolder("Participant_78_assignsubmission_file_", [10, 0])], blind);
    expect(text).toBe(blind.replace("78,Remis,,", "78,Remis,10.00,"));
    expect(issues).toEqual([]);
  });

  it("gives each member of a team a row, whoever's folder it was", () => {
    const roster = [{ name: "NOËL Émilie" }, { name: "DUPONT Jean", email: "j@u.example" }];
    const teams = new Map([[noel.student, { members: ["Noël Émilie", "Dupont Jean"] }]]);
    const { text } = fill([noel], french, { roster, teams });
    expect(text.match(/"14,00"/g)).toHaveLength(2);
  });

  it("reports who has no row, and a mark above the worksheet's maximum, which Moodle would drop unsaid", () => {
    const ten = french.replaceAll("20,00", "10,00");
    expect(fill([noel, staffReport("Inconnue", [1, 1])], ten).issues).toEqual([
      expect.stringMatching(/a 14,00, plus que le maximum de la feuille \(10,00\)/),
      expect.stringMatching(/« Inconnue » n'a pas de ligne/),
    ]);
  });

  it("says how many marks are provisional among those it was given, and what to do", () => {
    const questions = twoQuestions("Parce que.", "");
    const open = { ...noel, questions };
    const nobody = { ...staffReport("Inconnue", [1, 1]), questions };
    const told = (practice = {}, text = french) =>
      fill([open, nobody], text, practice).issues.filter((line) => line.includes("provisoire"));
    expect(told()).toEqual([
      "1 note de la feuille de Moodle est provisoire : notez les réponses rédigées (a-noter.html), relancez avec --overrides, puis importez la feuille.",
    ]);
    expect(told({}, french.replaceAll("20,00", "10,00"))).toEqual([]);
    const marked = ["tp1.q1", "tp1.q2"].map((question) => ({ student: noel.student, question, points: 1 }));
    expect(told({ adjustments: readAdjustments(JSON.stringify({ adjustments: marked })) })).toEqual([]);
  });

  it("without the columns Moodle needs is refused", () => {
    expect(() => worksheet("Nom;Prénom\nA;B\n")).toThrow(/no column « identifiant » .*received Nom, Prénom/);
  });

  it("says when each was handed in", () => {
    const deadline = "2026-03-02T18:00:00+01:00";
    const times = timesIn(worksheet(), moodleFolders([noel]), deadline);
    expect([...times.values()].map((time) => time.toISOString())).toEqual(["2026-03-02T18:12:00.000Z"]);
    const adjustments = readAdjustments(JSON.stringify({ late: { deadline, per: "day", points: 2 } }));
    expect(fill([noel], french, { adjustments, handedIn: times }).text).toContain('"12,00"');
  });
});
