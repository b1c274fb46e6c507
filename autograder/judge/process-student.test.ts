import { array, type NdArray } from "retroprop";
import { afterAll, describe, expect, test, vi } from "vitest";
import { encodeFrame } from "../harness/frames.js";
import { bundleHarness } from "../sandbox/bundle.js";
import { isLinux, layersHere, sourceEdition, testedLayers } from "../sandbox/fixtures/layers.js";
import { type Sandbox, usualLimits } from "../sandbox/sandbox.js";
import { prewarmed } from "./prewarmed.js";
import { ProcessStudent, type ProcessStudentOptions } from "./process-student.js";
import type { Student } from "./student.js";
import type { StudentFault } from "./student-fault.js";

vi.setConfig({ testTimeout: 120_000 });

const harness = await bundleHarness(sourceEdition);
const honest = `
import { NdArray, array, exp } from "retroprop";
export function softmax(x: NdArray): NdArray {
  const e = exp(x.sub(x.max()));
  return e.div(e.sum());
}
export const add = async (a: number, b: number) => a + b;
export function fill(x: NdArray): void { x.fill_(7); }
`;

/** Node 20 has no Array.fromAsync. */
async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const kindOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "answered",
    (fault: StudentFault) => fault.kind,
  );

describe.each(testedLayers)("$layer", ({ open }) => {
  const opened = open(harness);
  afterAll(async () => (await opened).close());

  async function withStudent<T>(
    program: string,
    use: (student: ProcessStudent) => Promise<T>,
    options: Partial<ProcessStudentOptions> = {},
  ): Promise<T> {
    const student = new ProcessStudent({ program, sandbox: await opened, ...options });
    try {
      return await use(student);
    } finally {
      await student.close();
    }
  }

  const kindsOf = (program: string, names: readonly string[], options?: Partial<ProcessStudentOptions>) =>
    withStudent(
      program,
      async (student) => {
        student.limitCalls(500);
        const kinds: string[] = [];
        for (const name of names) kinds.push(await kindOf(student.call(name)));
        return kinds;
      },
      options,
    );

  describe("an honest program", () => {
    test("answers, at once or later, in the library's own arrays", () =>
      withStudent(honest, async (student) => {
        expect(await student.call("softmax", array([0, 0]))).toEqual({
          ...{ kind: "array", dtype: "float32", shape: [2] },
          data: new Float64Array([0.5, 0.5]),
        });
        expect(await student.call("add", 1, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
      }));

    test("shows what it did to its arguments, and leaves ours alone", () =>
      withStudent(honest, async (student) => {
        const x = array([1, 2]);
        const { result, args } = await student.callAndReturnArguments("fill", x);
        expect(result).toBeUndefined();
        expect(args).toMatchObject([{ data: new Float64Array([7, 7]) }]);
        expect([...x.data]).toEqual([1, 2]);
      }));

    test("is called several times at once: in order, each on arguments of its own", () =>
      withStudent(honest, async (student) => {
        const x = array([1, 2]);
        const calls = await listed(student.callEach("fill", [[x], [x.add(1)], [x]]));
        expect(calls.map(({ sent }) => [...sent[0]!.data])).toEqual([[1, 2], [2, 3], [1, 2]]); // biome-ignore format: short
        for (const { args } of calls) expect(args).toMatchObject([{ data: new Float64Array([7, 7]) }]);
        expect(await listed(student.callEach("add", []))).toEqual([]);
        expect(await student.call("add", 1, 2)).toBe(3);
      }));

    test("throws at one of several calls: those before it are answered, and so is what is asked next", () =>
      withStudent(
        `export function inverse(x: number) { if (x === 0) throw new RangeError("zero"); return 1 / x; }`,
        async (student) => {
          const seen: unknown[] = [];
          const ask = async () => {
            for await (const { result } of student.callEach("inverse", [[2], [4], [0], [5]])) seen.push(result);
          };
          await expect(ask()).rejects.toMatchObject({ kind: "threw", detail: { name: "RangeError", line: 1 } });
          expect(seen).toEqual([0.5, 0.25]);
          expect(await student.call("inverse", 5)).toBe(0.2);
        },
      ));

    test("goes on with another program in the process it has, as long as it has one", () =>
      withStudent(
        `export function leave() { globalThis.left = "here"; } export const die = () => process.exit(1);`,
        async (student) => {
          const sandbox = await opened;
          const run = vi.spyOn(sandbox, "run");
          expect(student.goOnWith("export const a = 1;")).toBeUndefined(); // nothing runs yet
          await student.call("leave");
          const next = student.goOnWith(`export function find(x: number) { return [globalThis.left, x]; }`)!;
          expect(await next.call("find", 2)).toEqual({ kind: "list", items: ["here", 2] });
          expect(await kindOf(next.call("leave"))).toBe("missing");
          expect(student.goOnWith("export const a = 1;")).toBeUndefined(); // the process is the other one's now
          const third = next.goOnWith(`export const die = () => process.exit(1);`)!;
          expect(await kindOf(third.call("die"))).toBe("ended");
          expect(third.goOnWith(honest)).toBeUndefined();
          expect(run).toHaveBeenCalledTimes(1);
          await third.close();
          run.mockRestore();
        },
      ));

    test("what is used of memory may be asked for, though there is no /proc to tell", () =>
      withStudent(
        "export const used = () => Number.isFinite(process.memoryUsage().heapUsed + process.memoryUsage.rss());",
        async (student) => expect(await student.call("used")).toBe(true),
      ));

    test("whose process dies before another program is loaded is answered in a new one", () =>
      withStudent(`export function later() { setTimeout(() => process.exit(1)); }`, async (student) => {
        await student.call("later");
        const next = student.goOnWith(honest)!;
        expect(await kindOf(next.call("add", 1, 2))).toMatch(/ended|answered/);
        expect(await next.call("add", 1, 2)).toBe(3);
        await next.close();
      }));

    test("runs beside a body that is sent to it, with the library", () =>
      withStudent(honest, async (student: Student) => {
        interface Scope {
          readonly tp: { softmax(x: NdArray): NdArray };
          readonly lib: { array: typeof array; NdArray: typeof NdArray };
        }
        const body = ({ tp, lib }: Scope, { x }: { x: number[] }) => {
          const y = tp.softmax(lib.array(x));
          return [y instanceof lib.NdArray, y.size];
        };
        expect(await student.evaluate(body as never, { x: [1, 2, 3] })).toEqual({ kind: "list", items: [true, 3] });
      }));

    test("cannot replace what maps, sets and the library's arrays do for a body beside it", () => {
      const patches = `const replaced = ["has", "get", "clone", "next"].filter((name) =>
          [Set, Map, NdArray, RandomGenerator].some((owner: any) => {
            try { return name in owner.prototype && Boolean(owner.prototype[name] = () => true); } catch { return false; }
          }));`;
      const program = `import { NdArray, RandomGenerator } from "retroprop";\n${patches}\nexport const names = () => replaced;`;
      return withStudent(program, async (student: Student) => {
        expect(await student.call("names")).toEqual({ kind: "list", items: [] });
        expect(await student.evaluate(() => new Set().has(1), {})).toBe(false);
      });
    });

    test("is asked for what it does not have: the names it has are told", () =>
      withStudent(honest, async (student) => {
        const fault = await student.call("nll").catch((error: unknown) => error);
        expect(fault).toMatchObject({ kind: "missing", detail: { name: "nll", message: "add, fill, softmax" } });
      }));

    test("throws: the error comes with the line of its source, and the next call is answered", () =>
      withStudent(
        `interface A {}\n\nexport function f() {\n  const o: any = undefined;\n  return o.x;\n}\nexport const g = () => 1;`,
        async (student) => {
          const fault = await student.call("f").catch((error: unknown) => error);
          expect(fault).toMatchObject({ kind: "threw", detail: { name: "TypeError", line: 5 } });
          expect(await student.call("g")).toBe(1);
        },
      ));

    test("may be messy: globals extended, promises forgotten, much printed", () =>
      withStudent(
        `Object.defineProperty(Array.prototype, "last", { get() { return this[this.length - 1]; } });
        (Array.prototype as any).sum = function () { return 3; };
        console.log = () => {};
        export function f() { void Promise.reject(new Error("nobody waits")); for (let i = 0; i < 1e4; i++) console.error("été"); return [1, 2]; }`,
        async (student) => {
          for (let i = 0; i < 3; i++) expect(await student.call("f")).toEqual({ kind: "list", items: [1, 2] });
        },
      ));
  });

  describe("a program that does not load", () => {
    test.each([
      ["does not compile", "export function f( {", "does-not-compile"],
      ["imports what it may not", `import fs from "node:fs"; export const f = () => fs;`, "does-not-compile"],
      [
        "imports what the library does not have",
        `import { no } from "retroprop"; export const f = no;`,
        "does-not-compile",
      ],
      ["throws", `export const f = () => 1; throw new Error("oh");`, "threw"],
      ["reads what is no JSON", `export const f = () => 1; JSON.parse("{");`, "threw"],
      ["ends", `export const f = () => 1; process.exit(0);`, "ended"],
    ])("because it %s has that fault, whatever is asked", async (_, program, kind) => {
      expect(await kindsOf(program, ["f", "f", "g"])).toEqual([kind, kind, kind]);
    });

    test.each([
      ["does not compile", "export function f( {", "does-not-compile"],
      ["throws", `export const f = () => 1; throw new TypeError("oh");`, "threw"],
      ["ends", `export const f = () => 1; process.exit(0);`, "ended"],
    ])("because it %s has that fault too after one has asked whether it loads", (_, program, kind) =>
      withStudent(program, async (student) => {
        const faultOf = (one: ProcessStudent) => one.call("f").catch((fault: unknown) => fault as StudentFault);
        expect(await student.loads()).toBe(false);
        const fault = await faultOf(student);
        expect(fault).toMatchObject({ kind });
        expect(await withStudent(program, faultOf)).toEqual(fault);
      }),
    );

    test("names the import that was refused, in French", () =>
      withStudent(`import fs from "node:fs"; export const f = () => fs;`, async (student) => {
        const fault = await student.call("f").catch((error: unknown) => error);
        expect(fault).toMatchObject({ detail: { message: expect.stringContaining("« node:fs » non autorisé") } });
      }));
  });

  describe("a program that dies of one test is there for the next", () => {
    const deadly = `${honest}
      export function loop() { for (;;); }
      export const never = () => new Promise(() => {});
      export function storm() { const again = (): unknown => Promise.resolve().then(again); return again(); }
      export function exit() { process.exit(0); }
      export function abort() { process.abort(); }
      export function heap() { const held: object[] = []; for (;;) held.push({ held: [] }); }
      export const fine = () => 1;`;

    test.each([
      ["loop", "time-limit"],
      ["never", "time-limit"],
      ["storm", "time-limit"],
      ["exit", "ended"],
      ["abort", "ended"],
    ])("%s: %s", async (name, kind) => {
      expect(await kindsOf(deadly, ["fine", name, "fine"])).toEqual(["answered", kind, "answered"]);
    });

    test("a heap without end is a limit of memory", () =>
      withStudent(
        deadly,
        async (student) => {
          student.limitCalls(20_000);
          expect(await kindOf(student.call("heap"))).toBe("memory-limit");
          expect(await kindOf(student.call("fine"))).toBe("answered");
        },
        { limits: { ...usualLimits, heapMb: 40 } },
      ));

    test.runIf(isLinux)("typed arrays without end are a limit of memory", () =>
      withStudent(
        `export function f() { const held = []; for (;;) held.push(new Float32Array(1e7)); }`,
        async (student) => expect(await kindOf(student.call("f"))).toBe("memory-limit"),
        { limits: { ...usualLimits, dataMb: 400 } },
      ),
    );

    test("printing without end is a limit of output", async () => {
      const program = `export async function f() {
        for (;;) await new Promise((done) => process.stdout.write("x".repeat(1e5), done));
      }`;
      const limits = { ...usualLimits, outputBytes: 2 ** 20 };
      const printed = (student: ProcessStudent) => {
        student.limitCalls(20_000); // the judge may be slow to read
        return kindOf(student.call("f"));
      };
      expect(await withStudent(program, printed, { limits })).toBe("output-limit");
    });

    test("but not for ever: after so many deaths it stays dead", async () => {
      const names = ["exit", "exit", "exit", "fine", "fine"];
      expect(await kindsOf(deadly, names, { patience: 3 })).toEqual(["ended", "ended", "ended", "ended", "ended"]);
    });

    test("nor when its time is used up", async () => {
      const names = ["fine", "loop", "loop", "fine"];
      const kinds = ["answered", "time-limit", "time-limit", "time-limit"];
      expect(await kindsOf(deadly, names, { runLimitMs: 800 })).toEqual(kinds);
    });
  });

  describe("a program that cheats", () => {
    const returned = (body: string) =>
      withStudent(`export function f() { ${body} }`, (student) => student.call("f")).catch((f: StudentFault) => f.kind);

    test("has no environment, no signals, no modules of Node", async () => {
      const tries = [
        "Object.keys(process.env).filter((name) => !['_', 'PWD', 'SystemRoot'].includes(name)).length",
        "process.kill(process.ppid, 'SIGKILL')",
        "(process as any)._kill(process.ppid, 9)",
        "(process as any)._debugProcess(process.ppid)",
        "(process as any).binding('fs')",
        "(process as any).getBuiltinModule?.('fs') ?? 'absent'",
        "(process as any).mainModule?.require('fs') ?? 'absent'",
        "(globalThis as any).require ?? 'absent'",
        "(globalThis as any).fetch ?? 'absent'",
      ];
      const refused: unknown[] = [];
      // One after the other: the limit on processes counts all those of a slot's user.
      for (const attempt of tries) {
        refused.push(await returned(`try { return ${attempt} } catch (e: any) { return e.code }`));
      }
      expect([refused[0], ...new Set(refused.slice(1))].sort()).toEqual([0, "EPERM", "absent"].sort());
    });

    test.each(["import('node:fs')", "eval(`import('node:fs')`)", "new Function(`return import('node:fs')`)()"])(
      "%s is refused",
      async (attempt) => expect(await returned(`return ${attempt}`)).toBe("threw"),
    );

    test("returns more than can be read: a limit of output", async () => {
      expect(await returned("return new Float64Array(1e6)")).toBe("output-limit");
      expect(await returned("return new Array(3e6).fill(0)")).toBe("output-limit");
    });

    test("poisons every prototype: nothing it sends is believed", async () => {
      const poison = `(Object.prototype as any).toJSON = () => ({ answers: 1, passed: true });`;
      expect(await kindsOf(`${poison} export const f = () => 1;`, ["f"])).toEqual(["unreadable"]);
    });

    test.each([
      ["map", "Array.prototype.map = function (f) { return seen.has(this[0]) ? [kept] : map.call(this, f); };"],
      ["find", "Array.prototype.find = function (f) { return undefined; }; Array.prototype.every = () => true;"],
      ["toJSON", "Object.prototype.toJSON = function () { return this.t === 'a' ? kept : this; };"],
      [
        "toJSON of lists",
        "Object.defineProperty(Array.prototype, 'toJSON', { value() { return [kept]; }, configurable: true });",
      ],
      [
        "a place of lists",
        "Object.defineProperty(Array.prototype, 0, { set() { put(this, kept); }, configurable: true });",
      ],
      [
        "a getter",
        "tryTo(() => Object.defineProperty(Object.getPrototypeOf(Float64Array.prototype), 'buffer', { get: () => zeros.buffer }));",
      ],
      [
        "a method",
        "tryTo(() => { Buffer.prototype.base64Slice = () => 'AAAAAAAAAAA='; Buffer.prototype.toString = () => 'AAAAAAAAAAA='; });",
      ],
    ])("replaces %s of the language: its arguments are shown as it left them", async (_, patch) => {
      const program = `const { map } = Array.prototype; const seen = new WeakSet(); let isPatched = false;
        const zeros = new Float64Array(1); const kept = { t: "a", dtype: "float64", shape: [1], data: "AAAAAAAAAAA=" };
        const put = (list: any, value: any) => Object.defineProperty(list, 0, { value, writable: true, enumerable: true, configurable: true });
        const tryTo = (act: any) => { try { act(); } catch {} };
        export function change(x: any): void { seen.add(x); x.fill_(7); if (!isPatched) { isPatched = true; ${patch.replace(/(\w+)\.prototype/g, "($1.prototype as any)")} } }`;
      await withStudent(program, async (student) => {
        for (let call = 0; call < 2; call++) {
          const { args } = await student.callAndReturnArguments("change", array([0]));
          expect(args).toMatchObject([{ data: new Float64Array([7]) }]);
        }
      });
    });

    test("replaces the serialiser: too late", async () => {
      const program = `JSON.stringify = () => '{"ok":true}'; JSON.parse = () => ({}); export const f = () => 1;`;
      expect(await kindsOf(program, ["f"])).toEqual(["answered"]);
    });
  });

  describe("together", () => {
    test("one after the other in prewarmed processes: none meets what another left", async () => {
      const pool = prewarmed(await open(harness));
      const program = `const all = globalThis as any; all.met = (all.met ?? 0) + 1;
        export const met = () => all.met; export const die = () => process.exit(1);`;
      for (let i = 0; i < 3; i++) {
        await withStudent(
          program,
          async (student) => {
            expect(await student.call("met")).toBe(1);
            expect(await kindOf(student.call("die"))).toBe("ended");
            expect(await student.call("met")).toBe(1);
          },
          { sandbox: pool },
        );
      }
      await pool.close();
    });

    test("eight at a time, of which some loop and some die, answer as each does alone", async () => {
      const programs = [honest, "export const add = () => { for (;;); }", "export const add = () => process.exit(1)"];
      const kinds = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          withStudent(programs[i % 3]!, (student) => kindOf(student.call("add", 1, 2)), { slot: i % 8 }),
        ),
      );
      expect(kinds).toEqual(Array.from({ length: 4 }, () => ["answered", "time-limit", "ended"]).flat());
    });
  });
});

describe("a process that is no harness", () => {
  const [{ open }] = [layersHere[0]!];
  const frame = (value: unknown) => `[...Buffer.from("${encodeFrame(value).toString("base64")}", "base64")]`;
  const ready = frame({ ready: true });
  const loaded = frame({ loaded: ["f"] });

  /** Sends each group of bytes after one more request has come. */
  async function forged(groups: readonly string[], calls = 1, staysAlive = false): Promise<string[]> {
    const program = `const fs = require("node:fs");
      for (const bytes of [${groups.join(", ")}]) {
        if (bytes.length > 0) fs.writeSync(3, Buffer.from(bytes));
        fs.readSync(3, Buffer.alloc(65536));
      }
      if (${staysAlive}) setInterval(() => {}, 1e6);`;
    const sandbox: Sandbox = await open(program);
    const student = new ProcessStudent({ program: "export {}", sandbox, patience: 1 });
    if (staysAlive) student.limitCalls(300);
    const kinds: string[] = [];
    for (let i = 0; i < calls; i++) kinds.push(await kindOf(student.call("f")));
    await sandbox.close();
    return kinds;
  }

  test.each([
    ["an answer to no question", frame({ id: "1", answers: [{ value: 1, args: [] }] })],
    ["a frame without an id", frame({ answers: [{ value: 1, args: [] }] })],
    ["a verdict", frame({ passed: true, points: 20 })],
    ["a list", frame([1])],
    ["null", frame(null)],
    ["a frame that is too large", "[255, 255, 255, 255]"],
    ["what is not JSON", "[0, 0, 0, 1, 123]"],
  ])("sends %s and is not believed", async (_, bytes) => {
    expect(await forged([ready, loaded, bytes])).toEqual(["unreadable"]);
  });

  test("answers several calls with fewer or more than were asked, unlike an honest error, and is not believed", async () => {
    const answering = (answers: number) => `const fs = require("node:fs");
      const read = () => { const bytes = Buffer.alloc(65536); return bytes.subarray(4, fs.readSync(3, bytes)); };
      const write = (body) => { const head = Buffer.alloc(4); head.writeUInt32BE(body.length); fs.writeSync(3, Buffer.concat([head, body])); };
      fs.writeSync(3, Buffer.from(${ready})); read();
      fs.writeSync(3, Buffer.from(${loaded}));
      const { id } = JSON.parse(read());
      write(Buffer.from(JSON.stringify({ id, answers: Array(${answers}).fill({ value: 1, args: [] }) })));
      setInterval(() => {}, 1e6);`;
    for (const [answers, kind] of [
      [2, "answered"],
      [1, "unreadable"],
      [3, "unreadable"],
    ] as const) {
      // biome-ignore format: short
      const sandbox = await open(answering(answers));
      const student = new ProcessStudent({ program: "export {}", sandbox, patience: 1 });
      expect([answers, await kindOf(listed(student.callEach("f", [[1], [2]])))]).toEqual([answers, kind]);
      await student.close();
      await sandbox.close();
    }
  });

  test("sends more than it was asked for and is not believed", async () => {
    expect(await forged([ready, `[...${loaded}, ...${loaded}]`], 2)).toEqual(["unreadable", "unreadable"]);
  });

  test.each([
    ["nothing", "[]"],
    ["half a frame", `${loaded}.slice(0, 5)`],
    ["the announcement of 4 MB and nothing more", "[0, 64, 0, 0]"],
  ])("sends %s as its answer and meets the time limit", async (_, bytes) => {
    expect(await forged([ready, loaded, bytes], 1, true)).toEqual(["time-limit"]);
  });

  test("floods with bytes one by one: it meets its time limit, and another is answered meanwhile", async () => {
    const program = `const fs = require("node:fs");
      const request = () => fs.readSync(3, Buffer.alloc(65536));
      fs.writeSync(3, Buffer.from(${ready})); request();
      fs.writeSync(3, Buffer.from(${loaded})); request();
      fs.writeSync(3, Buffer.from([0, 64, 0, 0]));
      for (;;) try { fs.writeSync(3, " "); } catch {}`;
    const [flooding, fine] = [await open(program), await open(harness)];
    const flood = new ProcessStudent({ program: "export {}", sandbox: flooding, patience: 1 });
    const other = new ProcessStudent({ program: honest, sandbox: fine, slot: 1 });
    flood.limitCalls(1_000);
    const flooded = kindOf(flood.call("f"));
    expect(await kindOf(other.call("add", 1, 2))).toBe("answered");
    expect(["time-limit", "unreadable"]).toContain(await flooded); // 4 MB of spaces are no JSON
    await Promise.all([flood.close(), other.close()]);
    await Promise.all([flooding.close(), fine.close()]);
  });

  test("never says that it is ready: the fault is ours", async () => {
    expect(await forged([])).toEqual(["ours"]);
    expect(await forged([loaded])).toEqual(["ours"]);
  });
});
