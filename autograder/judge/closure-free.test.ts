import { describe, expect, test } from "vitest";
import { textOfClosureFree } from "./closure-free.js";

const outside = 3;

describe("a body that runs elsewhere", () => {
  test("may use its parameters, what it declares and the language", () => {
    const body = async ({ tp }: { tp: { f(x: number): number } }, { x: inputs }: { x: number[] }) => {
      class Box {
        outside = 1;
      }
      const twice = (outside: number) => 2 * outside;
      for (const [i, value] of inputs.entries()) if (Math.abs(value) > i) return { ...new Box(), outside: tp.f(value) };
      return [twice(1), Number.NaN, undefined];
    };
    expect(textOfClosureFree(body)).toBe(body.toString());
  });

  test.each([
    ["a name around it", () => outside + 1],
    ["one in a shorthand property", () => ({ outside })],
    ["one as a computed key", () => ({ [outside]: 1 })],
    ["one as a default", ({ x = outside }: { x?: number }) => x],
  ])("may not use %s", (_, body) => {
    expect(() => textOfClosureFree(body)).toThrow(/internal: evaluate: .* uses outside: pass it with the inputs/);
  });

  test("may not reach for the process", () => {
    expect(() => textOfClosureFree(() => process.exit(0))).toThrow("uses process");
  });
});
