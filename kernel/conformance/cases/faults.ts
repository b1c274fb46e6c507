// What goes wrong: said on the cell, or as the kernel's death with its cause; nothing hangs, the next cell runs.
import type { Case, CellCase } from "../case.js";

const plainErrors = "an error is plain text on stderr";
const unheard = "it hears an interrupt only as a signal, and only in some loops";

const aliveAfter = (code: string, extra = ""): readonly CellCase[] => [
  { code: "let kept = 'kept';\nfunction earlier() { return kept }" },
  {
    code: `console.log('begun');\n${code}`,
    interruptAfterMs: 300,
    expected: [{ stdout: "begun\n" }, { error: "Interrupted", message: /./ }],
  },
  { code: `${extra}console.log(earlier());`, expected: [{ stdout: "kept\n" }] },
];

export const faultCases: readonly Case[] = [
  {
    name: "an error carries its name, its message and where it was thrown in the cell, without frames of the kernel",
    cells: [
      {
        code: "function layer(x: number): never {\n  throw new RangeError('no layer ' + x);\n}",
      },
      {
        code: "const depth = 3;\nlayer(depth);",
        expected: [
          {
            error: "RangeError",
            message: "no layer 3",
            traceback: ["RangeError: no layer 3", "layer", "cell <count>:2"],
          },
        ],
      },
      { code: "console.log('the next cell runs');", expected: [{ stdout: "the next cell runs\n" }] },
    ],
    tslab: plainErrors,
  },
  {
    name: "whatever is thrown is told: text, null, an object, an error with a cause, several at once",
    cells: [
      { code: "throw 'a text';", expected: [{ error: /./, message: /a text/ }] },
      { code: "throw null;", expected: [{ error: /./, message: /null/ }] },
      { code: "throw { code: 42 };", expected: [{ error: /./, message: /code: 42/ }] },
      {
        code: "throw new Error('outer', { cause: new TypeError('inner') });",
        expected: [{ error: "Error", message: "outer", traceback: ["inner"] }],
      },
      {
        code: "await Promise.any([Promise.reject(new Error('first')), Promise.reject(new Error('second'))]);",
        expected: [{ error: "AggregateError", message: /./, traceback: ["first", "second"] }],
      },
      {
        code: "class ShapeError extends Error { override name = 'ShapeError' }\nthrow new ShapeError('(2,3)');",
        expected: [{ error: "ShapeError", message: "(2,3)" }],
      },
    ],
    tslab: plainErrors,
  },
  {
    name: "the cell after a failed one runs, though it was sent at once",
    cells: [
      { code: "throw new Error('one');", expected: [{ error: "Error", message: "one" }] },
      { code: "console.log('two');", expected: [{ stdout: "two\n" }] },
    ],
    tslab: "it drops what it receives within 200 ms of an error",
  },
  {
    name: "a rejection that nobody handles, and a throw in a timer, are errors of their cell",
    cells: [
      {
        code: "Promise.reject(new TypeError('unhandled'));\nawait new Promise((wake) => setTimeout(wake, 1000));",
        expected: [{ error: "TypeError", message: "unhandled", traceback: ["cell <count>"] }],
      },
      {
        code: "setTimeout(() => { throw new RangeError('in a timer') }, 5);\nawait new Promise((wake) => setTimeout(wake, 1000));",
        expected: [{ error: "RangeError", message: "in a timer", traceback: ["cell <count>"] }],
      },
      {
        code: "const timer = setTimeout(() => { throw new RangeError('after its end') }, 30);",
        expected: [{ error: "RangeError", message: "after its end" }],
      },
      {
        code: "await new Promise((wake) => setTimeout(wake, 150));\nconsole.log('alive');",
        expected: [{ stdout: "alive\n" }],
      },
    ],
    tslab: plainErrors,
    notUnderNbconvert: "it lets go what comes after a cell's end",
  },
  { name: "an endless loop is interrupted", cells: aliveAfter("for (;;);"), tslab: unheard },
  { name: "an endless loop of promises is interrupted", cells: aliveAfter("while (true) await 1;"), tslab: unheard },
  {
    name: "an endless loop after an `await` is interrupted",
    cells: aliveAfter("await new Promise((wake) => setTimeout(wake, 10));\nfor (;;);"),
    tslab: unheard,
  },
  {
    name: "a loop of timers is interrupted, and its timers with it",
    cells: aliveAfter(
      "let ticks = 0;\nawait new Promise(() => { setInterval(() => ticks++, 5) });",
      "const before = ticks;\nawait new Promise((wake) => setTimeout(wake, 100));\nif (ticks !== before) console.log('it ticks on');\n",
    ),
    tslab: unheard,
  },
  {
    name: "a long computation is interrupted, and one that waits for ever",
    cells: [
      ...aliveAfter(
        [
          "const n = 4000, a = new Float64Array(n * n).fill(1), c = new Float64Array(n * n);",
          "for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) c[i * n + j]! += a[i * n + k]! * a[k * n + j]!;",
        ].join("\n"),
      ),
      ...aliveAfter("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"),
      ...aliveAfter("await new Promise(() => {});"),
    ],
    tslab: unheard,
  },
  {
    name: "a loop that catches everything is interrupted, and a flood of output",
    cells: [
      ...aliveAfter("for (;;) { try { for (;;); } catch {} finally { } }"),
      {
        code: "for (;;) console.log('x');",
        interruptAfterMs: 300,
        expected: [{ stdout: /^(x\n)+$/ }, { error: "Interrupted", message: /./ }],
      },
      { code: "console.log('dry');", expected: [{ stdout: "dry\n" }] },
    ],
    tslab: unheard,
  },
  {
    name: "a working folder that is deleted hurts nobody but who uses it",
    cells: [
      {
        code: [
          "import { mkdtempSync, rmdirSync, realpathSync } from 'node:fs';",
          "const home = process.cwd();",
          "const gone = mkdtempSync('gone-');",
          "process.chdir(gone);",
          "rmdirSync(home + '/' + gone);",
        ].join("\n"),
      },
      { code: "process.cwd();", expected: [{ error: "Error", message: /ENOENT/ }] },
      { code: "process.chdir(home);\nconsole.log('back');", expected: [{ stdout: "back\n" }] },
    ],
    tslab: plainErrors,
  },
  {
    name: "a cell that replaces what the kernel might use does not break it",
    cells: [
      {
        code: [
          "const [log, parse] = [console.log, JSON.parse];",
          "console.log = () => {};",
          "JSON.parse = () => { throw new Error('mine') };",
          "Error.stackTraceLimit = 0;",
          "Error.prepareStackTrace = () => 'no stack';",
          "void ((Array.prototype as unknown as Record<string, unknown>)['extra'] = 1);",
        ].join("\n"),
      },
      { code: "throw new Error('still told');", expected: [{ error: "Error", message: "still told" }] },
      {
        code: [
          "console.log = log;",
          "JSON.parse = parse;",
          "Error.stackTraceLimit = 10;",
          "delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;",
          "delete (Array.prototype as unknown as Record<string, unknown>)['extra'];",
          "console.log('mended');",
        ].join("\n"),
        expected: [{ stdout: "mended\n" }],
      },
    ],
    tslab: plainErrors,
  },
  {
    name: "`process.exit(3)` is the kernel's death, said on the cell",
    cells: [
      { code: "console.log('before');", expected: [{ stdout: "before\n" }] },
      { code: "process.exit(3);", expected: { death: /process\.exit\(3\)|exit code 3/ } },
    ],
    isLast: true,
    notUnderNbconvert: "it stops with the kernel",
  },
  {
    name: "running out of memory is the kernel's death, with that cause",
    cells: [
      {
        code: "const hoard: number[][] = [];\nfor (;;) hoard.push(new Array(1e6).fill(hoard.length));",
        expected: { death: /out of memory/ },
      },
    ],
    isLast: true,
    notUnderNbconvert: "it stops with the kernel",
  },
];
