// What a cell imports: files beside the notebook and above it, packages of every make, JSON, Node's own modules.
import type { Case } from "../case.js";

const packageFiles = (name: string, manifest: object, files: Readonly<Record<string, string>>) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", ...manifest }),
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text])),
});

export const moduleCases: readonly Case[] = [
  {
    name: "local TypeScript is imported with .ts, .js or no extension, from above the notebook too",
    files: {
      "beside.ts": "export const beside: string = 'beside';\n",
      "../src/index.ts": "export * from './deeper/shapes.js';\nexport type Pair = readonly [number, number];\n",
      "../src/deeper/shapes.ts": "export const area = (w: number, h: number): number => w * h;\n",
    },
    cells: [
      { code: "import { beside } from './beside.ts';\nimport { area, type Pair } from '../src/index.js';" },
      { code: "import { area as again } from '../src/index';\nimport * as whole from '../src';" },
      {
        code: "const sides: Pair = [3, 4];\nconsole.log(beside, area(...sides), again === area, whole.area(1, 2));",
        expected: [{ stdout: "beside 12 true 2\n" }],
      },
      {
        code: "const wrong: string = area(1, 2);",
        expected: [{ error: "TypeScriptError", message: /TS2322: Type 'number'/ }],
      },
    ],
    tslab: "it refuses .ts extensions and folders above the notebook's",
  },
  {
    name: "a local file that has changed is read again when its import is run again, by the compiler too",
    files: {
      "changing.ts": "import { factor } from './factor.js';\nexport const value = 2 * factor;\n",
      "factor.ts": "export const factor = 10;\n",
    },
    cells: [
      { code: "import { value } from './changing.js';\nconsole.log(value)", expected: [{ stdout: "20\n" }] },
      {
        files: { "factor.ts": "export const factor = 100;\n" },
        code: "import { value } from './changing.js';\nconsole.log(value)",
        expected: [{ stdout: "200\n" }],
      },
      {
        files: { "changing.ts": "export const value: string = 'text';\nexport const added = true;\n" },
        code: "import { added, value } from './changing.js';\nconsole.log(added, value.length)",
        expected: [{ stdout: "true 4\n" }],
      },
    ],
    tslab: "a module once read is never read again",
  },
  {
    name: "a type error or a throw in a local file names that file and its line",
    files: {
      "wrong-type.ts": "export const fine = 1;\nexport const wrong: number = 'x';\n",
      "throws.ts": "export function fail(): never {\n  throw new RangeError('from a file');\n}\n",
    },
    cells: [
      {
        code: "import { fine } from './wrong-type.js';",
        expected: [{ error: "TypeScriptError", message: /wrong-type\.ts.*2.*TS2322/ }],
      },
      {
        code: "import { fail } from './throws.js';\nfail();",
        expected: [{ error: "RangeError", message: "from a file", traceback: ["throws.ts:2", "cell <count>:2"] }],
      },
    ],
    tslab: "an error is plain text on stderr",
  },
  {
    name: "packages of CommonJS, of both kinds, and of ES modules alone are imported, with the types behind `exports`",
    files: {
      ...packageFiles(
        "only-cjs",
        { main: "index.js", types: "index.d.ts" },
        {
          "index.js": "exports.kind = 'cjs';\n",
          "index.d.ts": "export declare const kind: string;\n",
        },
      ),
      ...packageFiles(
        "only-esm",
        { type: "module", exports: { types: "./lib.d.ts", import: "./lib.js" } },
        {
          "lib.js": "export const kind = 'esm';\nexport default function () { return 'default' }\n",
          "lib.d.ts": "export declare const kind: string;\nexport default function (): string;\n",
        },
      ),
      ...packageFiles(
        "awaiting",
        { type: "module", exports: { types: "./lib.d.ts", default: "./lib.js" } },
        {
          "lib.js": "export const kind = await Promise.resolve('top-level await');\n",
          "lib.d.ts": "export declare const kind: string;\n",
        },
      ),
      ...packageFiles(
        "dual",
        {
          exports: {
            ".": { types: "./lib.d.ts", import: "./lib.mjs", require: "./lib.cjs" },
            "./deep": { types: "./lib.d.ts", import: "./lib.mjs", require: "./lib.cjs" },
          },
        },
        {
          "lib.mjs": "export const kind = 'dual';\n",
          "lib.cjs": "exports.kind = 'dual';\n",
          "lib.d.ts": "export declare const kind: string;\n",
        },
      ),
    },
    cells: [
      {
        code: [
          "import { kind as cjs } from 'only-cjs';",
          "import named, { kind as esm } from 'only-esm';",
          "import { kind as awaited } from 'awaiting';",
          "import * as dual from 'dual';",
          "import { kind as deep } from 'dual/deep';",
          "console.log([cjs, esm, named(), awaited, dual.kind, deep].join());",
        ].join("\n"),
        expected: [{ stdout: "cjs,esm,default,top-level await,dual,dual\n" }],
      },
      {
        code: "const { kind } = await import('only-esm');\nconsole.log(kind.length)",
        expected: [{ stdout: "3\n" }],
      },
    ],
    tslab: "it finds no types behind `exports` and cannot load a package that is an ES module alone",
  },
  {
    name: "JSON and Node's modules are imported; `require`, `import.meta` and types alone too",
    files: { "table.json": '{ "rows": [1, 2, 3] }\n', "types.ts": "export interface Row { readonly id: number }\n" },
    cells: [
      {
        code: [
          "import table from './table.json';",
          "import type { Row } from './types.js';",
          "import { basename } from 'node:path';",
          "import * as os from 'os';",
          "const row: Row = { id: table.rows.length };",
          "console.log(row.id, basename('a/b'), os.EOL.length > 0, require('fs').existsSync('table.json'));",
        ].join("\n"),
        expected: [{ stdout: "3 b true true\n" }],
      },
      {
        code: "import { existsSync } from 'node:fs';\nconsole.log(existsSync(new URL('table.json', import.meta.url)))",
        expected: [{ stdout: "true\n" }],
      },
    ],
    tslab: "it has neither `import.meta` nor imports of types from files beside the notebook as these are written",
  },
  {
    name: "a package that is not there is an error of the cell, with its line",
    cells: [
      {
        code: "const one = 1;\nimport { x } from 'no-such-package';",
        expected: [{ error: "TypeScriptError", message: /^line 2, .*TS2307.*no-such-package/ }],
      },
    ],
    tslab: "an error is plain text on stderr",
  },
  {
    name: "workers run, and what they print arrives",
    cells: [
      {
        code: [
          "import { once } from 'node:events';",
          "import { Worker } from 'node:worker_threads';",
          "const worker = new Worker('require(\"worker_threads\").parentPort.postMessage(6 * 7)', { eval: true });",
          "const [answer] = await once(worker, 'message');",
          "console.log(answer);",
        ].join("\n"),
        expected: [{ stdout: "42\n" }],
      },
    ],
  },
];
