import { expect, test } from "vitest";
import { english } from "./words.en.js";
import { french } from "./words.fr.js";

type Branch = Readonly<Record<string, unknown>>;

/** Every sentence with the path to it; functions by what they say of 1 and 2. */
function sentences(branch: Branch, path = ""): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return [[`${path}${key}`, value]];
    if (typeof value === "function") return [[`${path}${key}`, `${value(1, 1)} | ${value(2, 2)}`]];
    return sentences(value as Branch, `${path}${key}.`);
  });
}

const withoutKeyNames = sentences(french).filter(([path]) => !/^(keys\.names|jupyter)\./.test(path));

test("both languages say the same things", () => {
  const names = (branch: Branch) =>
    sentences(branch)
      .map(([path]) => path)
      .filter((path) => !/^(keys\.names|jupyter)\./.test(path));
  expect(names(english)).toEqual(names(french));
});

test("a no-break space stands before French double signs", () => {
  expect(withoutKeyNames.filter(([, text]) => / [:;!?»]|« /.test(text))).toEqual([]);
});

test("French apostrophes are typographic", () => {
  expect(withoutKeyNames.filter(([, text]) => text.includes("'"))).toEqual([]);
});

test("nothing is left in the other language", () => {
  const same = withoutKeyNames.filter(([path, text]) =>
    sentences(english).some(([other, said]) => other === path && said === text),
  );
  const shared = [
    "course.names",
    "course.outOf",
    "course.points",
    "course.python",
    "course.typescript",
    "figure.figure",
    "notebook",
  ];
  expect(same.map(([path]) => path).sort()).toEqual(shared);
});
