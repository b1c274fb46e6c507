import type * as esbuild from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { compile } from "./compile.js";
import { StudentFault } from "./student-fault.js";

/** As if a program kept it for ever: nobody knows one that does. */
vi.mock("esbuild", async (original) => {
  const actual = await original<typeof esbuild>();
  const transform = (program: string, options: esbuild.TransformOptions) =>
    program.endsWith("// endless") ? new Promise(() => {}) : actual.transform(program, options);
  return { ...actual, transform };
});

describe("compiling a submission", () => {
  test("takes the types away, keeps the imports that are used, and finds its lines again", async () => {
    const { code, sourceLine } = await compile(
      `import { type NdArray, array } from "retroprop";\n\ninterface A { a: number }\n\nexport function f(x: number): NdArray {\n  throw new Error("é");\n}\narray([1]);\n`,
    );
    expect(code).toContain('import { array } from "retroprop"');
    expect(code).not.toMatch(/interface|sourceMappingURL/);
    const line = code.split("\n").findIndex((text) => text.includes('"é"')) + 1;
    expect(sourceLine(line, 3)).toBe(6);
  });

  test("takes what plain JavaScript does not know: enums, parameter properties", async () => {
    const { code } = await compile("enum A { B }\nexport class C { constructor(readonly x: A) {} }");
    expect(code).toContain("this.x = x");
  });

  describe.each([
    ["together with others", ""],
    ["alone, since it is long", `// ${"x".repeat(50_000)}`],
  ])("%s", (_, long) => {
    test.each([
      ["an unfinished block", "export function f() {\n", 2, /Unexpected end of file/],
      ["a word too many", "export const a = 1;\nconst b = 2 3;\n", 2, /Expected ";" but found "3"/],
    ])("%s is a fault with its line", async (_, program, line, message) => {
      const fault = await compile(program + long).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(StudentFault);
      expect(fault).toMatchObject({ kind: "does-not-compile", detail: { name: "SyntaxError", line } });
      expect((fault as StudentFault).detail?.message).toMatch(message);
    });

    test("the same comes out", async () => {
      const { code, sourceLine } = await compile(`type A = 1;\nexport const f = (x: A) => x;\n${long}`);
      expect(code.trim()).toBe("const f = (x) => x;\nexport {\n  f\n};");
      expect(sourceLine(1, 11)).toBe(2);
    });
  });

  test("a program that keeps the compiler is compiled alone, and so is who waits beside it", async () => {
    const endless = "export const x = 1; // endless";
    const waits = vi
      .spyOn(globalThis, "setTimeout")
      .mockImplementationOnce((act) => setImmediate(act as () => void) as never);
    const compiled = await Promise.all([compile(endless), compile(endless)]);
    waits.mockRestore();
    for (const { code } of compiled) expect(code).toContain("const x = 1;");
    expect((await compile("export const x: number = 2;")).code).toContain("const x = 2;");
  });

  test("a program that becomes much longer is a fault", async () => {
    const doubled = Array.from({ length: 18 }, (_, i) => `a${i + 1} = a${i} + a${i}`);
    const program = `enum E { a0 = "${"x".repeat(16)}", ${doubled.join(", ")} }\nexport const x = E.a18;`;
    await expect(compile(program)).rejects.toMatchObject({ kind: "does-not-compile" });
  });

  test("a program that kills the compiler costs nobody else anything", async () => {
    const bomb = `export const x = ${"-~".repeat(400_000)}1;`;
    const [bombed, honest] = await Promise.allSettled([compile(bomb), compile("export const x = 1;")]);
    expect(bombed).toMatchObject({ status: "rejected", reason: { kind: "does-not-compile" } });
    expect(honest.status).toBe("fulfilled");
  }, 120_000);
});
