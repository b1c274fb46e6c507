import { expect, it } from "vitest";
import { frenchTypography, typographyProblems } from "./typography.js";

const visible = (text: string): string => text.replaceAll("\u00a0", "~").replaceAll("\u202f", "_");

it.each([
  ["Pourquoi ? Voilà ! Bien ; oui : non", "Pourquoi_? Voilà_! Bien_; oui~: non"],
  ["« oui »", "«~oui~»"],
  ["50 000 images, 1 000 000 fois, en 2024 12 fois", "50_000 images, 1_000_000 fois, en 2024 12 fois"],
  ["10 % des cas", "10~% des cas"],
  ["le résultat de `softmax` : voici", "le résultat de `softmax`~: voici"],
  ["**Attention** : la formule $a ; b$ ?", "**Attention**~: la formule $a ; b$_?"],
  ["l'erreur d'un *modèle*, s'il l'apprend", "l’erreur d’un *modèle*, s’il l’apprend"],
])("%s gets its no-break spaces and apostrophes", (text, expected) => {
  expect(visible(frenchTypography(text))).toBe(expected);
});

it.each([
  ["a code span", "`a ? b : c'd`"],
  ["a fenced block", "```python\nif x : print(1 ; 2)\n```"],
  ["a formula", "$x : y$ et $$a ; b ? c$$"],
  ["an address", "[lien](https://a.b/c?d ;e) https://a.b/?c"],
  ["a comment and a tag", '<!-- quoi ? --> <a title="a : b">x</a>'],
  ["an entity", "a&nbsp;b"],
  ["the ruler of a table", "| a | b |\n| :--- | ---: |\n"],
  ["an image", "texte ![alt](image.png)"],
])("%s is left as it is", (_, text) => {
  expect(frenchTypography(text)).toBe(text);
  expect(typographyProblems(text, "f", 1)).toEqual([]);
});

it("typeset text stays as it is when typeset again", () => {
  const once = frenchTypography("« 50 000 » : quoi ? Rien ; 10 % !");
  expect(frenchTypography(once)).toBe(once);
});

it("two dollars that are prices are not a formula", () => {
  expect(visible(frenchTypography("5 $ ? Non ; 6 $"))).toBe("5 $_? Non_; 6 $");
});

it.each([
  ['premier\nil dit "oui"\n', 11, 'a straight quote " in French prose'],
  ["premier\n\nquoi?", 12, "`i?`: French wants a space before ?"],
  ["«oui »", 10, "a space inside « »"],
])("%j has a mistake that only the author can mend", (text, line, message) => {
  const [problem] = typographyProblems(text, "lesson.fr.md", 10);
  expect(problem).toMatchObject({ file: "lesson.fr.md", line });
  expect(problem!.message).toContain(message);
});

it("a text typeset right has no problem", () => {
  expect(typographyProblems('Il dit « oui » : pourquoi ? Voir `f("x")`.', "f", 1)).toEqual([]);
});
