import { array } from "retroprop";
import { describe, expect, test } from "vitest";
import { createExpect, type Expectation, ExpectationFailure } from "./expect.js";
import type { Value } from "./student.js";

const look = createExpect(() => {});
const list = (...items: Value[]): Value => ({ kind: "list", items });
const arrayOf = (shape: number[], data: number[], dtype = "float32"): Value => ({
  kind: "array",
  dtype,
  shape,
  data: Float64Array.from(data),
});

/** The failure of `ask`, or undefined when it was met. */
function failureOf(
  value: Value,
  ask: (expectation: Expectation) => void,
  label?: string,
): ExpectationFailure | undefined {
  try {
    ask(look(value, label));
    return undefined;
  } catch (error) {
    if (error instanceof ExpectationFailure) return error;
    throw error;
  }
}

describe("toBeCloseTo", () => {
  const near = (expected: Parameters<Expectation["toBeCloseTo"]>[0]) => (e: Expectation) => e.toBeCloseTo(expected);

  test("takes numbers, arrays of any dtype and nested lists for the same", () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    for (const value of [
      arrayOf([2, 2], [1, 2, 3, 4]),
      arrayOf([2, 2], [1, 2, 3, 4], "float64"),
      list(list(1, 2), list(3, 4)),
      list(arrayOf([2], [1, 2]), list(3, 4)),
    ]) {
      expect(failureOf(value, near(array(rows)))).toBeUndefined();
      expect(failureOf(value, near(rows))).toBeUndefined();
    }
    expect(failureOf(0.1 + 0.2, near(0.3))).toBeUndefined();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e308, -0.1])("refuses %s where 0.5 is expected", (received) => {
    expect(failureOf(received, near(0.5))).toBeInstanceOf(ExpectationFailure);
    expect(failureOf(arrayOf([1], [received]), near([0.5]))).toBeInstanceOf(ExpectationFailure);
  });

  test("shows the first of the furthest elements, and how many are wrong", () => {
    const failure = failureOf(arrayOf([2, 3], [1, 2, 9, 4, 12, 6]), near([[1, 2, 3], [4, 5, 6]]), "gW"); // biome-ignore format: as it is read
    expect(failure?.message).toBe("La valeur obtenue n'est pas la bonne.");
    expect(failure?.evidence).toEqual({
      expected: "[[1, 2, 3], [4, 5, 6]]",
      received: "[[1, 2, 9], [4, 12, 6]]",
      where: "gW, à l'indice [1, 1], le plus éloigné ; 2 éléments faux sur 6",
    });
  });

  test("shows of a large array that element alone", () => {
    const data = Array.from({ length: 50 }, () => 1);
    const failure = failureOf(arrayOf([50], data.with(7, 2)), near(data));
    expect(failure?.evidence).toEqual({ expected: "1", received: "2", where: "à l'indice [7]" });
  });

  test("tells another shape, and what is no number at all", () => {
    expect(failureOf(arrayOf([3], [1, 2, 3]), near([1, 2]))?.evidence).toEqual({
      expected: "la forme [2]",
      received: "la forme [3]",
    });
    expect(failureOf(undefined, near([1, 2]))?.evidence.received).toBe("rien (undefined)");
    expect(failureOf(undefined, near(1), "gradient de x")?.message).toBe("« gradient de x » est resté undefined.");
    expect(failureOf("12", near(12))?.message).toBe("Le résultat devrait être un nombre.");
    expect(failureOf(list(list(1), list(1, 2)), near([1]))).toBeInstanceOf(ExpectationFailure);
  });

  test("refuses an expected value that anything would be near to", () => {
    expect(() => look(1).toBeCloseTo(Number.POSITIVE_INFINITY)).toThrow("internal: an expected value is not finite");
  });
});

describe("the other matchers", () => {
  test.each<[string, Value, Value, (e: Expectation) => void]>([
    ["toHaveShape", arrayOf([2, 1], [1, 2]), arrayOf([2], [1, 2]), (e) => e.toHaveShape([2, 1])],
    ["toBeFinite", list(1, 2), list(1, Number.NaN), (e) => e.toBeFinite()],
    ["toSumTo", list(0.25, 0.75), list(0.25, 0.5), (e) => e.toSumTo(1)],
    ["toSumTo on NaN", 1, Number.NaN, (e) => e.toSumTo(1)],
    ["toBe", 1, 2, (e) => e.toBe(1)],
    ["toBeUnchanged", arrayOf([2], [1, 2]), arrayOf([2], [1, 2.5]), (e) => e.toBeUnchanged(array([1, 2]))],
    ["toBeList", list(1, 2), list(1), (e) => e.toBeList(2)],
    ["toBeList of any length", list(1), list(), (e) => e.toBeList()],
    ["toSatisfy", 1, 2, (e) => e.toSatisfy((value) => value === 1, "Il faut 1.")],
  ])("%s tells right from wrong", (_name, right, wrong, ask) => {
    expect(failureOf(right, ask)).toBeUndefined();
    expect(failureOf(wrong, ask)).toBeInstanceOf(ExpectationFailure);
    expect(failureOf({ kind: "other", what: "Map" }, ask)).toBeInstanceOf(ExpectationFailure);
  });

  test("toHaveFields gives the fields, and names those that are missing", () => {
    const value: Value = { kind: "object", entries: new Map<string, Value>([["W", 1]]) };
    expect(look(value).toHaveFields("W")).toEqual({ W: 1 });
    expect(failureOf(value, (e) => e.toHaveFields("W", "b", "history"))?.message).toBe(
      "Il manque b, history dans l'objet renvoyé.",
    );
  });

  test("toBeUnchanged looks into data sets, labels included", () => {
    const sent = { inputs: array([[1]]), labels: Uint8Array.of(1), classNames: ["a"] };
    const returned = (label: number): Value => ({
      kind: "object",
      entries: new Map<string, Value>([
        ["inputs", arrayOf([1, 1], [1])],
        ["labels", arrayOf([1], [label], "uint8")],
        ["classNames", list("a")],
      ]),
    });
    expect(failureOf(returned(1), (e) => e.toBeUnchanged(sent))).toBeUndefined();
    expect(failureOf(returned(0), (e) => e.toBeUnchanged(sent), "data")?.message).toContain("son argument data");
  });
});

test("toBeFinite says of what is no number that a number was wanted", () => {
  expect(failureOf("2.50", (e) => e.toBeFinite())?.message).toBe("Le résultat devrait être un nombre.");
});

test("evidence names in French what cannot be looked into", () => {
  const receivedOf = (what: string) => failureOf({ kind: "other", what }, (e) => e.toBe(1))?.evidence.received;
  expect(receivedOf("an NdArray without data")).toBe("un NdArray sans data");
  expect(receivedOf("a cycle")).toBe("un objet qui se contient lui-même");
  expect(receivedOf("function relu")).toBe("la fonction relu");
  expect(receivedOf("more than 32 levels")).toBe("plus de 32 niveaux");
  expect(receivedOf("Map")).toBe("Map");
});

test("evidence is short and shows no control character of the student's", () => {
  const text = `\u001b[2J\u202e${"x".repeat(10_000)}`;
  const received = failureOf(text, (e) => e.toBe(1))?.evidence.received ?? "";
  expect(received.length).toBeLessThan(100);
  for (const hidden of ["\u001b", "\u202e"]) expect(received).not.toContain(hidden);
});
