import { expect, it } from "vitest";
import { readGradescopeMetadata, readMoodleTime } from "./hand-in-times.js";

const deadline = "2026-03-02T18:00:00+01:00";

it.each([
  ["lundi 2 mars 2026, 19:12", "2026-03-02T18:12:00.000Z"],
  ["dimanche 1er février 2026, 9:05", "2026-02-01T08:05:00.000Z"],
  ["Monday, 2 March 2026, 7:12 PM", "2026-03-02T18:12:00.000Z"],
  ["Saturday, 1 August 2026, 12:00 AM", "2026-07-31T23:00:00.000Z"],
  ["15 déc. 2026 à 08h30", "2026-12-15T07:30:00.000Z"],
])("Moodle's %j is read on the clock of the deadline", (text, expected) => {
  expect(readMoodleTime(text, deadline)?.toISOString()).toBe(expected);
});

it.each(["-", "", "2 brumaire 2026, 10:00", "2026-03-02", "31 ju 2026, 10:00"])("%j is no time of Moodle's", (text) => {
  expect(readMoodleTime(text, deadline)).toBeUndefined();
});

it("Gradescope's metadata says when, and who", () => {
  const text =
    '{"created_at":"2018-07-01T14:22:32.365935-07:00","users":[{"name":"Student User","email":"s@x","id":1}],"id":1}';
  expect(readGradescopeMetadata(text)).toEqual({
    handedIn: new Date("2018-07-01T21:22:32.365Z"),
    students: ["Student User"],
  });
  expect(() => readGradescopeMetadata("{}")).toThrow("submission_metadata.json: expected `created_at`");
});
