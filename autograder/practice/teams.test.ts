import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findTeams } from "./team-files.js";
import { readTeam } from "./teams.js";

it("a team is a list of two to four names, or of their parts", () => {
  expect(readTeam('\ufeff{"membres":["Noël  Émilie","Dupont Jean"]}')).toEqual({
    members: ["Noël Émilie", "Dupont Jean"],
  });
  expect(readTeam('[{"nom":"Noël","prenom":"Émilie","numero":123},"X Y"]')).toEqual({
    members: ["Noël Émilie 123", "X Y"],
  });
});

it.each([
  ["[", "ce n'est pas du JSON"],
  ["7", "il y manque la liste des membres"],
  ["{}", "il y manque la liste des membres"],
  ['["seul"]', "de deux à quatre membres, pas 1"],
  ['["a","b","c","d","e"]', "de deux à quatre membres, pas 5"],
  ['["a","A"]', "nommé deux fois"],
  ['["a",7]', "un membre n'a pas de nom"],
])("%j is no team, and its students read why", (text, reason) => {
  expect(readTeam(text)).toEqual({ refused: expect.stringContaining(reason) });
});

const folder = mkdtempSync(join(tmpdir(), "retroprop-teams-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("a team's file is read from the disk or out of an archive; a link is not followed, a big one refused", () => {
  const path = (name: string) => join(folder, name);
  writeFileSync(path("equipe.json"), '["c","d"]');
  // Windows lets few make a link; there, there simply is no file.
  if (process.platform !== "win32") symlinkSync(path("equipe.json"), path("link.json"));
  const handIns = [
    { student: "on the disk", team: { path: path("equipe.json") } },
    { student: "in an archive", team: { bytes: Buffer.from('["e","f"]') } },
    { student: "linked", team: { path: path("link.json") } },
    { student: "huge", team: { bytes: new Uint8Array(100_000) } },
    { student: "of another editor", team: { bytes: Buffer.from('\ufeff["Noël É.","h"]', "utf16le") } },
    { student: "of an old one", team: { bytes: Buffer.from('["Noël É.","h"]', "latin1") } },
    { student: "alone" },
  ];
  expect([...findTeams(handIns)]).toEqual([
    ["on the disk", { members: ["c", "d"] }],
    ["in an archive", { members: ["e", "f"] }],
    ["huge", { refused: expect.stringContaining("bien trop gros") }],
    ["of another editor", { members: ["Noël É.", "h"] }],
    ["of an old one", { members: ["Noël É.", "h"] }],
  ]);
});
