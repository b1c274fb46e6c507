// What a cell shows: printed text, all of it and in order, its last value, and whatever it displays.
import type { Case } from "../case.js";

const printedResult = "the last expression is printed on stdout";

const numbered = (lines: number): string => Array.from({ length: lines }, (_, i) => `line ${i}\n`).join("");

export const outputCases: readonly Case[] = [
  {
    name: "100 000 printed lines arrive, complete and in order",
    cells: [
      {
        code: "for (let i = 0; i < 100_000; i++) console.log('line ' + i);",
        expected: [{ stdout: numbered(100_000) }],
      },
    ],
    tslab: "some 500 lines arrive, and the end of the cell is lost with the others",
  },
  {
    name: "20 MB of output arrive, to the last character",
    cells: [
      {
        code: "for (let i = 0; i < 20; i++) console.log('x'.repeat(1_000_000));\nconsole.log('the end');",
        expected: [{ stdout: `${`${"x".repeat(1_000_000)}\n`.repeat(20)}the end\n` }],
      },
    ],
  },
  {
    name: "stdout and stderr keep their order, and a write needs no end of line",
    cells: [
      {
        code: [
          "process.stdout.write('a');",
          "console.error('b');",
          "process.stdout.write(Buffer.from('é…'));",
          "console.warn('%s is %d', 'c', 3);",
        ].join("\n"),
        expected: [{ stdout: "a" }, { stderr: "b\n" }, { stdout: "é…" }, { stderr: "c is 3\n" }],
      },
    ],
  },
  {
    name: "the last expression is the result, awaited when it is a promise; nothing and `undefined` show nothing",
    cells: [
      { code: "6 * 7", expected: [{ result: { "text/plain": "42" } }] },
      { code: "'text'", expected: [{ result: { "text/plain": /^['"]?text['"]?$/ } }] },
      { code: "Promise.resolve([1, 2])", expected: [{ result: { "text/plain": "[ 1, 2 ]" } }] },
      { code: "const declared = 1;" },
      { code: "undefined" },
      { code: "console.log('printed')", expected: [{ stdout: "printed\n" }] },
    ],
    tslab: printedResult,
  },
  {
    name: "a value may show itself by several MIME types",
    cells: [
      {
        code: [
          "({",
          "  [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'bold', 'text/html': '<b>bold</b>' }),",
          "})",
        ].join("\n"),
        expected: [{ result: { "text/plain": "bold", "text/html": "<b>bold</b>" } }],
      },
    ],
    tslab: printedResult,
  },
  {
    name: "a table of objects is one on a page, and an image is an image",
    cells: [
      {
        code: "[{ name: 'ada', age: 36 }, { name: '<alan>', age: 41 }]",
        expected: [{ result: { "text/html": /<table[\s\S]*ada[\s\S]*&lt;alan&gt;/, "text/plain": /name: 'ada'/ } }],
      },
      {
        code: "Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p4u0LwAAAABJRU5ErkJggg==', 'base64')",
        expected: [{ result: { "image/png": /^iVBORw0KGgo/ } }],
      },
    ],
    tslab: printedResult,
  },
  {
    name: "what tslab displays is displayed",
    cells: [
      {
        code: [
          "import * as tslab from 'tslab';",
          "tslab.display.html('<b>html</b>');",
          "tslab.display.markdown('*markdown*');",
          "tslab.display.text('plain');",
          "tslab.display.svg('<svg/>');",
          "tslab.display.png(new Uint8Array([137, 80]));",
          "tslab.display.raw('application/json', '[1]');",
        ].join("\n"),
        expected: [
          { display: { "text/html": "<b>html</b>" } },
          { display: { "text/markdown": "*markdown*" } },
          { display: { "text/plain": "plain" } },
          { display: { "image/svg+xml": "<svg/>" } },
          { display: { "image/png": "iVA=" } },
          { display: { "application/json": /\[\s*1\s*\]/ } },
        ],
      },
    ],
  },
  {
    name: "a display is changed in place, from a later cell too",
    cells: [
      {
        code: "import * as tslab from 'tslab';\nconst bar = tslab.newDisplay();\nbar.text('0 %');\nconsole.log('below');\nbar.text('50 %');",
        expected: [{ display: { "text/plain": "100 %" } }, { stdout: "below\n" }],
      },
      { code: "bar.text('100 %');\nconsole.log('done');", expected: [{ stdout: "done\n" }] },
    ],
  },
  {
    name: "what a timer prints after its cell has ended goes to that cell",
    cells: [
      {
        code: [
          "const later: { hasBegun?: boolean } = {};",
          "const watch = setInterval(() => {",
          "  if (!later.hasBegun) return;",
          "  clearInterval(watch);",
          "  console.log('late');",
          "}, 5);",
          "console.log('early');",
        ].join("\n"),
        expected: [{ stdout: "early\nlate\n" }],
      },
      {
        code: "later.hasBegun = true;\nawait new Promise((wake) => setTimeout(wake, 150));\nconsole.log('other');",
        expected: [{ stdout: "other\n" }],
      },
    ],
    tslab: "late output goes to the running cell",
    notUnderNbconvert: "it lets go what comes after a cell's end",
  },
  {
    name: "long values are shown in part and quickly, whatever they hold",
    cells: [
      {
        code: "new Float64Array(2_000_000)",
        expected: [{ result: { "text/plain": /Float64Array\(2000000\)[\s\S]*more items/ } }],
      },
      {
        code: "new Proxy({}, { get(_, key) { if (key !== 'then') throw new Error('trap') } })",
        expected: [{ result: { "text/plain": /./ } }],
      },
      { code: "Array.from({ length: 5000 }, (_, i) => i)", expected: [{ result: { "text/plain": /more items/ } }] },
    ],
    tslab: printedResult,
  },
  {
    name: "a cell asks with `prompt()` and is answered",
    cells: [{ code: "console.log('hello', prompt('Who?'));", answers: ["Ada"], expected: [{ stdout: "hello Ada\n" }] }],
    tslab: "it has no `prompt`",
    notUnderNbconvert: "it answers nothing",
  },
];
