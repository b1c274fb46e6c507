import { describe, expect, it } from "vitest";
import { noAdjustments, readAdjustments, writeAdjustments } from "./adjustments.js";
import { latenessOf } from "./late.js";
import { roundMark } from "./rounding.js";

const why = { student: "x", reason: "r", author: "a" };

describe("the file of adjustments", () => {
  it("written and read again is the same, with a decision of each kind", () => {
    const all = {
      rounding: "quarter",
      late: { deadline: "2026-03-02T18:00:00+01:00", graceMinutes: 15, per: "day", points: 2, atMost: 8 },
      handedIn: { x: "2026-03-02T18:30:00+01:00" },
      adjustments: [
        { ...why, exercise: "tp1.nll", points: 2, insteadOf: 1 },
        { ...why, question: "tp1.q1", points: 1, comment: "bien", criteria: { a: 1 }, answer: "0123" },
        { ...why, bonus: -1 },
        { ...why, latePenalty: 0 },
        { ...why, mark: 12 },
        { ...why, absence: "ABJ" },
        { ...why, submission: "x.ts" },
      ],
    } as const;
    expect(readAdjustments(writeAdjustments(readAdjustments(JSON.stringify(all))))).toEqual(all);
    expect(readAdjustments("{}")).toEqual(noAdjustments);
  });

  it.each([
    ["{,}", "is not JSON"],
    ['{"adjustments":[{"student":"x","bonus":"1"}]}', "at adjustments.0.bonus: Invalid input: expected number"],
    ['{"adjustments":[{"student":"x","mark":21}]}', "at adjustments.0.mark: Too big"],
    ['{"adjustments":[{"student":"x","exercise":"e","points":1,"raison":"y"}]}', 'Unrecognized key: "raison"'],
    ['{"late":{"deadline":"2026-03-02 18:00","per":"day","points":1}}', "expected a time with its zone, such as"],
    ['{"late":{"deadline":"2026-03-02T18:00:00Z","per":"day"}}', "either `points` (out of 20) or `percent`"],
  ])("%s is refused with the place", (text, message) => {
    expect(() => readAdjustments(text, "a.json")).toThrow(message);
    expect(() => readAdjustments(text, "a.json")).toThrow(/^a\.json/);
  });
});

it.each([
  ["hundredth", 12.345, 12.35],
  ["tenth", 12.25, 12.3],
  ["quarter", 12.37, 12.25],
  ["quarter", 12.375, 12.5],
  ["half", 12.74, 12.5],
  ["whole", 12.5, 13],
  ["hundredth", 0.1 + 0.2, 0.3],
  ["hundredth", 1.005, 1.01],
] as const)("to the nearest %s, %d is %d", (rounding, mark, expected) => {
  expect(roundMark(mark, rounding)).toBe(expected);
});

describe("being late", () => {
  const rule = { deadline: "2026-03-02T18:00:00+01:00", graceMinutes: 15, per: "day", points: 2, atMost: 5 } as const;
  const after = (minutes: number) => new Date(Date.parse(rule.deadline) + 60_000 * minutes);

  it("costs nothing within the grace, then each day begun since the deadline, up to the cap and the mark", () => {
    expect(latenessOf(rule, after(-60), 14)).toBeUndefined();
    expect(latenessOf(rule, after(15), 14)).toBeUndefined();
    expect(latenessOf(rule, after(16), 14)).toEqual({ minutes: 16, periods: 1, penalty: 2 });
    expect(latenessOf(rule, after(24 * 60), 14)?.penalty).toBe(2);
    expect(latenessOf(rule, after(24 * 60 + 1), 14)?.penalty).toBe(4);
    expect(latenessOf(rule, after(9 * 24 * 60), 14)?.penalty).toBe(5);
    expect(latenessOf(rule, after(16), 1)?.penalty).toBe(1);
  });

  it("may cost a part of the mark for each hour begun", () => {
    const { points: _, ...scale } = rule;
    expect(latenessOf({ ...scale, per: "hour", percent: 10, atMost: 20 }, after(90), 12)?.penalty).toBeCloseTo(2.4);
  });

  it("in another zone is the same moment", () => {
    expect(latenessOf(rule, new Date("2026-03-02T17:16:00Z"), 14)?.minutes).toBe(16);
  });
});
