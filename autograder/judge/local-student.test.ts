import { array, type NdArray } from "retroprop";
import { describe, expect, test } from "vitest";
import { LocalStudent } from "./local-student.js";
import { asReturned } from "./same-value.js";

describe("LocalStudent", () => {
  test("gives functions copies, and brings the arguments back as they are after the call", async () => {
    const sent = array([1, 2]);
    const student = new LocalStudent({ clear: (x: NdArray) => x.fill_(0) });
    const { result, args } = await student.callAndReturnArguments("clear", sent);
    expect(result).toEqual(asReturned(array([0, 0])));
    expect(args).toEqual([asReturned(array([0, 0]))]);
    expect(sent.toArray()).toEqual([1, 2]);
  });

  test("runs a body beside the functions, where two names can share one memory", async () => {
    const student = new LocalStudent({ same: (x: NdArray) => x });
    type Scope = { readonly tp: { same(x: NdArray): NdArray }; readonly lib: object };
    const body = async ({ tp }: Scope, { x }: { readonly x: NdArray }) => {
      (await tp.same(x)).fill_(7);
      return x;
    };
    expect(await student.evaluate(body, { x: array([1]) })).toEqual(asReturned(array([7])));
  });

  test("answers several calls one by one, up to the one that fails", async () => {
    const seen: unknown[] = [];
    const student = new LocalStudent({ f: (x: number) => (x > 2 ? BigInt(0.5) : 2 * x) });
    const ask = async () => {
      for await (const { sent, result } of student.callEach("f", [[1], [2], [3]])) seen.push([...sent, result]);
    };
    await expect(ask()).rejects.toMatchObject({ kind: "threw" });
    expect(seen).toEqual([[1, 2], [2, 4]]); // biome-ignore format: short
  });

  test.each<[string, unknown, string]>([
    ["throws", () => { throw new TypeError("oh"); }, "threw: TypeError: oh"], // biome-ignore format: one line a case
    ["throws what is no error", () => { throw "oh"; }, "threw: Error: oh"], // biome-ignore format: one line a case
    ["rejects", async () => Promise.reject(new Error("later")), "threw: Error: later"],
    ["answers too much", () => new Float64Array(1e6), "output-limit"],
    ["is no function", 3, "missing: ReferenceError: f"],
  ])("a function that %s is a fault of the student", async (_name, f, fault) => {
    await expect(new LocalStudent({ f }).call("f")).rejects.toMatchObject({ name: "StudentFault", message: fault });
  });
});
