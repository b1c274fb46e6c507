import { inspect } from "node:util";
import { softmax, toBundle } from "retroprop";
import { describe, expect, test } from "vitest";
import { showValue } from "../../kernel/engine/values/show-value.js";
import { type CheckSummary as PageSummary, checkMimeType as pageMimeType } from "../../lab/course-notebook.js";
import { check, type Functions } from "../index.js";
import * as unstable from "../specs/tp1/mistakes/softmax-without-shift.js";
import * as everyTensor from "../specs/tp2/mistakes/any-every.js";
import * as tp2 from "../specs/tp2/reference.js";
import { type CheckSummary, checkMimeType } from "./check-result.js";

describe("check", () => {
  test("passes a right function, and shows one line a test", async () => {
    const result = await check("tp1.softmax", { softmax });
    expect(result.passed).toBe(true);
    expect(String(result)).toMatch(/^softmax\u00a0: tout est juste \(3 sur 3\)\n✓ .+\n✓ .+\n✓ .+$/);
  });

  test("says first what is wrong, then what was expected and received", async () => {
    const result = await check("tp1.softmax", { softmax: unstable.softmax });
    expect(result.passed).toBe(false);
    expect(inspect(result)).toContain(
      [
        "✗ Reste juste pour de grands logits\u00a0: softmax([1000, 1000, 0]) vaut [0.5, 0.5, 0].",
        "    L'exponentielle déborde\u00a0: retranchez d'abord le même nombre à tous les logits, de sorte que le plus grand vaille 0.",
        "    attendu : [0.5, 0.5, 0]",
        "    reçu    : [NaN, NaN, 0]",
        "    où      : à l'indice [0], le plus éloigné ; 2 éléments faux sur 3",
      ].join("\n"),
    );
  });

  test("is a bundle that a notebook shows, with the student's own text escaped", async () => {
    const hostile = () => {
      throw new Error("<img src=x onerror=alert(1)>");
    };
    const bundle = toBundle(await check("tp1.softmax", { softmax: hostile }));
    expect(bundle["text/plain"]).toContain("<img src=x");
    expect(bundle["text/html"]).toContain("&lt;img src=x");
    expect(bundle["text/html"]).not.toContain("<img");
  });

  test("also says, in a form that the page reads, how many of its tests pass", async () => {
    const summaryOf = async (functions: Functions) => showValue(await check("tp1.softmax", functions))?.[checkMimeType];
    const counted = { exercise: "tp1.softmax", name: "softmax", tests: 3 };
    expect(await summaryOf({ softmax })).toEqual({ ...counted, passed: 3 });
    expect(await summaryOf({ softmax: unstable.softmax })).toEqual({ ...counted, passed: 2 });
    const hostile = Object.assign(() => ({ toJSON: () => "<script>" }), { toString: () => "<script>" });
    Object.defineProperty(hostile, "name", { value: "<script>" });
    expect(await summaryOf({ softmax: hostile })).toEqual({ ...counted, passed: 0 });
  });

  test("shows as text and as HTML wherever that form is unknown, and as text alone where only values are printed", async () => {
    const result = await check("tp1.softmax", { softmax });
    expect(Object.keys(showValue(result)!).sort()).toEqual([checkMimeType, "text/html", "text/plain"]);
    expect(toBundle(result)).toEqual(showValue(result));
    expect(inspect(result)).toBe(String(result));
  });

  test("calls that form as the page does, which reads the same fields", () => {
    const written: CheckSummary = { exercise: "tp1.softmax", name: "softmax", passed: 1, tests: 3 };
    const read: PageSummary = written;
    expect<CheckSummary>(read).toBe(written);
    expect(checkMimeType).toBe(pageMimeType);
  });

  test("takes classes, and more names than it needs", async () => {
    const { Tensor, Parameter, Module, SGD, record, relu } = tp2;
    expect((await check("tp2.sgd", { Parameter, Module, SGD })).passed).toBe(true);
    expect((await check("tp2.relu", { Tensor, record, relu })).passed).toBe(true);
  });

  test("says where to start, when an exercise that is given too is wrong", async () => {
    const { Tensor } = tp2;
    const relu = (x: InstanceType<typeof Tensor>) => new Tensor(x.data, { requireGrad: true });
    const { anyRequireGrad } = everyTensor;
    const advice = "Cet exercice se sert de «\u00a0Qui a besoin d'un gradient\u00a0», qui n'est pas encore juste";
    const result = await check("tp2.relu", { Tensor, relu, anyRequireGrad });
    expect(String(result).split("\n")[1]).toMatch(advice);
    expect(toBundle(result)["text/html"]).toContain("Qui a besoin d&#39;un gradient");
    expect(String(await check("tp2.relu", { Tensor, relu }))).not.toMatch(advice);
    expect(String(await check("tp2.relu", { Tensor, relu, anyRequireGrad: tp2.anyRequireGrad }))).not.toMatch(advice);
  });

  test("says what to write when the function or the exercise is not there", async () => {
    await expect(check("tp1.softmax", {})).rejects.toThrow(
      'softmax n\'a pas été donné\u00a0: écrivez await check("tp1.softmax", { softmax: softmax })',
    );
    await expect(check("tp1.softmax", { softmax: 3 })).rejects.toThrow("softmax devrait être une fonction");
    await expect(check("tp2.relu", { relu: tp2.relu })).rejects.toThrow(
      'Tensor n\'a pas été donné\u00a0: écrivez await check("tp2.relu", { Tensor: Tensor, relu: relu })',
    );
    await expect(check("tp1.sofmax", { softmax })).rejects.toThrow("«\u00a0tp1.sofmax\u00a0» n'existe pas");
  });
});
