import { expect, test } from "vitest";
import { headingsOf } from "./outline.js";

const texts = (source: string) => headingsOf([{ id: "a", source }]).map(({ level, text }) => `${level} ${text}`);

test("each heading has its level and its cell", () => {
  expect(headingsOf([{ id: "a", source: "# TP1\n\ntexte\n## Le modèle" }])).toEqual([
    { cell: "a", level: 1, text: "TP1" },
    { cell: "a", level: 2, text: "Le modèle" },
  ]);
});

test("a comment in code is no heading", () => {
  expect(texts("```py\n# non\n~~~\n# non plus\n```\n# oui")).toEqual(["1 oui"]);
});

test("marks of emphasis, code, mathematics and links are left out", () => {
  expect(texts("## Le _gradient_ de `nll` par $W$, **ici** [là](x.md) ##")).toEqual([
    "2 Le gradient de nll par W, ici là",
  ]);
});

test("a name with an underscore keeps it", () => {
  expect(texts("# affine_transform")).toEqual(["1 affine_transform"]);
});

test("a # without a space after it is no heading", () => {
  expect(texts("#hashtag")).toEqual([]);
});
