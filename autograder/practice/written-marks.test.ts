import { describe, expect, it } from "vitest";
import { settleClass } from "./class-marks.js";
import { fingerprint } from "./fingerprint.js";
import { staffReport, twoQuestions } from "./fixtures/reports.js";
import { answersToMark, markingKey, readKey, readOverrides } from "./written-marks.js";

const reports = ["ana", "bob", "cy"].map((name) =>
  staffReport(name, [10, 10], { questions: twoQuestions(`${name} dit`, name === "cy" ? " \n" : `${name} écrit`) }),
);
const answers = answersToMark(reports, "salt");
const key = markingKey("tp1", reports, "salt");
const saved = (marks: object[], more = {}) =>
  JSON.stringify({ format: 1, kind: "retroprop-marks", tp: "tp1", author: "A. T.", marks, ...more });

describe("answers to mark", () => {
  it("stand question by question without names, in an order of the salt's; an empty answer is not there", () => {
    expect(answers.map(({ question }) => question)).toEqual(["tp1.q1", "tp1.q1", "tp1.q1", "tp1.q2", "tp1.q2"]);
    expect(JSON.stringify(answers.map(({ code }) => code))).not.toMatch(/ana|bob|cy/);
    const orders = ["1", "2", "3", "4", "5", "6"].map((salt) =>
      answersToMark(reports, salt)
        .slice(0, 3)
        .map(({ text }) => text[0]),
    );
    expect(new Set(orders.map((order) => order.join(""))).size).toBeGreaterThan(1);
    expect(answersToMark(reports, "salt")).toEqual(answers);
  });

  it("have codes that only the key turns into names, another for each question", () => {
    expect(new Set(Object.keys(key.answers)).size).toBe(6);
    expect(key.answers[answers[0]!.code]).toMatchObject({ question: "tp1.q1" });
    expect(readKey(JSON.stringify(key))).toEqual(key);
    expect(() => readKey("{}")).toThrow("a-noter-cle.json is not what it should be");
  });
});

describe("saved marks", () => {
  const marks = answers.map(({ code, fingerprint }) => ({ code, points: 1, comment: "ok", answer: fingerprint }));

  it("become adjustments, and a class where all is marked is graded", () => {
    const empty = Object.entries(key.answers).filter(([code]) => !answers.some((one) => one.code === code));
    const zeros = empty.map(([code]) => ({ code, points: 0, answer: fingerprint(" \n") }));
    const adjustments = readOverrides([{ name: "a.json", text: saved([...marks, ...zeros]) }], key);
    const { marks: settled, issues } = settleClass(reports, { adjustments });
    expect(settled.map(({ state, mark }) => [state, mark])).toEqual([
      ["graded", 17.6],
      ["graded", 17.6],
      ["graded", 16.8],
    ]);
    expect(issues).toEqual([]);
    expect(adjustments.adjustments[0]).toMatchObject({ author: "A. T.", comment: "ok", reason: "" });
  });

  it("given in several files, with hand-written ones, are joined; the later file holds", () => {
    const first = {
      name: "a",
      text: JSON.stringify({ rounding: "half", adjustments: [{ student: "ana", bonus: 1 }] }),
    };
    const { code } = answers[0]!;
    const joined = readOverrides(
      [first, { name: "b", text: saved([{ code, points: 0 }]) }, { name: "c", text: saved([{ code, points: 1 }]) }],
      key,
    );
    expect(joined.rounding).toBe("half");
    expect(joined.adjustments).toHaveLength(2);
    expect(joined.adjustments[1]).toMatchObject({ points: 1 });
  });

  it.each([
    [saved([]), undefined, "a-noter-cle.json, written beside the page they come from, is needed"],
    [saved([], { tp: "tp2" }), key, "holds marks of tp2, and the key is that of tp1"],
    [saved([{ code: "constructor", points: 1 }]), key, "holds a mark for constructor, which the key does not know"],
    [saved([{ code: "x", points: -1 }]), key, "at marks.0.points: Too small"],
  ])("%s is refused with what is needed", (text, given, message) => {
    expect(() => readOverrides([{ name: "m.json", text }], given)).toThrow(message);
  });
});
