import { expect, it } from "vitest";
import { tp9 } from "./fixtures/mini-course.js";
import { fillPlaceholders } from "./placeholders.js";

const place = { file: "lesson.fr.md", line: 10 };
const fill = (text: string): string => fillPlaceholders(text, tp9, place);

it.each([
  ["{{points tp9.double}}", "12 points"],
  ["{{points tp9.q1}}", "1 point"],
  ["{{points}}", "20 points"],
  ["{{names}}", "`double_it` → `double`, `walk` → `walk`"],
])("%s says what the manifest says", (text, expected) => {
  expect(fill(`avant ${text} après`)).toBe(`avant ${expected} après`);
});

it("the table gives each exercise its Python name, its name here and its points, and their sum", () => {
  const rows = fill("{{table}}").split("\n");
  expect(rows[2]).toBe("| Doubler | `double_it` | `double` | 12 |");
  expect(rows.at(-1)).toBe("| Total |  |  | 20 |");
});

it("the plan gives each step its minutes, and their sum", () => {
  expect(fill("{{plan}}").split("\n").slice(2)).toEqual(["| Tout | 90 |", "| Total | 90 |"]);
});

it("points of a part are written the French way, and several sessions stand one under the other", () => {
  const halves = { ...tp9, exercises: tp9.exercises.map((one) => ({ ...one, points: 1.25 })) };
  expect(fillPlaceholders("{{points tp9.walk}} sur {{points}}", halves, place)).toBe("1,25 point sur 2,5 points");
  const [session] = tp9.sessions;
  const two = { ...tp9, sessions: [session!, { ...session!, title: "L'autre" }] };
  expect(fillPlaceholders("{{plan}}", two, place).split("\n").slice(2)).toEqual([
    "| **Une séance** | **90** |",
    "| Tout | 90 |",
    "| **L'autre** | **90** |",
    "| Tout | 90 |",
  ]);
});

it("braces in code and formulas are not placeholders", () => {
  const text = "`{{points}}` et $x^{{2}}$";
  expect(fill(text)).toBe(text);
});

it.each(["{{point}}", "{{points tp9.other}}", "{{table tp9}}"])("%s is an error at its line", (text) => {
  expect(() => fill(`un\ndeux ${text}`)).toThrow(/^lesson\.fr\.md:11: \{\{.*: expected \{\{points\}\}/);
});
