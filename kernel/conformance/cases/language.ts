// The language of a cell: TypeScript, strict, whose names last from cell to cell and may be declared anew.
import type { Case } from "../case.js";

const oldCompiler = "its compiler is TypeScript 5.0 with options of its own";
const plainErrors = "an error is plain text on stderr";

export const languageCases: readonly Case[] = [
  {
    name: "names of earlier cells are there in later ones, whatever declares them",
    cells: [
      { code: "const one = 1, { two, ...others } = { two: 2, three: 3 }; let [four] = [4]; var five = 5;" },
      { code: "function six() { return 6 }\nclass Seven { value = 7 }\nenum Digit { Eight = 8 }" },
      {
        code: "console.log(one, two, others.three, four, five, six(), new Seven().value, Digit.Eight, Digit[8])",
        expected: [{ stdout: "1 2 3 4 5 6 7 8 Eight\n" }],
      },
    ],
  },
  {
    name: "a `let` assigned in a later cell is seen by the functions of earlier ones",
    cells: [
      { code: "let lr = 0.1;\nfunction step() { return lr }" },
      { code: "lr = 0.01;\nvoid lr;" },
      { code: "console.log(step(), lr)", expected: [{ stdout: "0.01 0.01\n" }] },
      { code: "function faster() { lr *= 10 }\nfaster();\nconsole.log(step())", expected: [{ stdout: "0.1\n" }] },
    ],
    tslab: "a later cell has a copy of the variable",
  },
  {
    name: "anything may be declared anew, as something else even",
    cells: [
      { code: "const thing = 1;\ninterface Shape { side: number }" },
      { code: "const thing = 'text';\ninterface Shape { radius: number }" },
      { code: "function thing() { return 'function' }\nconst shape: Shape = { radius: 2 };" },
      { code: "console.log(thing(), shape.radius)", expected: [{ stdout: "function 2\n" }] },
      { code: "class thing { static word = 'class' }" },
      { code: "enum thing { word = 'enum' }" },
      { code: "console.log(thing.word)", expected: [{ stdout: "enum\n" }] },
      { code: "import { sep as thing } from 'node:path'" },
      { code: "console.log(thing.length)", expected: [{ stdout: "1\n" }] },
    ],
  },
  {
    name: "a class declared anew is a new one; what was made of the old one stays of the old one",
    cells: [
      { code: "class Layer { name = 'old' }\nconst layer = new Layer();" },
      { code: "class Layer { name = 'new'; depth = 1 }" },
      {
        code: "console.log(layer.name, new Layer().name, (layer as unknown) instanceof Layer)",
        expected: [{ stdout: "old new false\n" }],
      },
    ],
  },
  {
    name: "interfaces, types, generics, overloads and abstract classes hold across cells",
    cells: [
      {
        code: [
          "interface Scored<T> { readonly value: T; readonly score: number }",
          "type Ranking<T> = readonly Scored<T>[];",
          "abstract class Model<In, Out> { abstract predict(x: In): Out }",
        ].join("\n"),
      },
      {
        code: [
          "function best<T>(ranking: Ranking<T>): T | undefined {",
          "  return [...ranking].sort((a, b) => b.score - a.score)[0]?.value;",
          "}",
          "function twice(x: number): number;",
          "function twice(x: string): string;",
          "function twice(x: number | string) { return typeof x === 'number' ? 2 * x : x + x }",
          "class Twice extends Model<number, number> { predict(x: number) { return twice(x) } }",
        ].join("\n"),
      },
      {
        code: "console.log(best([{ value: 'a', score: 1 }, { value: 'b', score: 2 }]), twice('ab'), new Twice().predict(4))",
        expected: [{ stdout: "b abab 8\n" }],
      },
      {
        code: "const n: number = twice('ab');",
        expected: [{ error: "TypeScriptError", message: /TS2322/ }],
      },
    ],
    tslab: plainErrors,
  },
  {
    name: "decorators, accessors, private names and static blocks run",
    cells: [
      {
        code: [
          "function loud(method: (this: Speaker) => string, _context: ClassMethodDecoratorContext<Speaker>) {",
          "  return function (this: Speaker) { return method.call(this).toUpperCase() };",
          "}",
          "class Speaker {",
          "  static words = 0;",
          "  static { Speaker.words = 1 }",
          "  accessor name = 'ada';",
          "  #secret = 42;",
          "  @loud greet() { return [this.name, this.#secret, Speaker.words].join(' ') }",
          "}",
        ].join("\n"),
      },
      { code: "console.log(new Speaker().greet())", expected: [{ stdout: "ADA 42 1\n" }] },
    ],
    tslab: oldCompiler,
  },
  {
    name: "`await`, `for await` and `using` stand at the top of a cell",
    cells: [
      {
        code: [
          "async function* count() { yield 1; yield 2 }",
          "for await (const n of count()) console.log(n);",
          "const three = await Promise.resolve(3);",
        ].join("\n"),
        expected: [{ stdout: "1\n2\n" }],
      },
      {
        code: [
          "const opened = (name: string) => ({ [Symbol.dispose]() { console.log('closed', name) } });",
          "{ using file = opened('file'); console.log('reading', three) }",
          "await using socket = { async [Symbol.asyncDispose]() { console.log('closed socket') } };",
          "console.log('end');",
        ].join("\n"),
        expected: [{ stdout: "reading 3\nclosed file\nend\nclosed socket\n" }],
      },
    ],
    tslab: oldCompiler,
  },
  {
    name: "a type error stops the cell before any side effect, with its code, line, column and a caret",
    cells: [
      { code: "let sideEffects = 0;" },
      {
        code: "sideEffects++;\nconst n: number = 'text';",
        expected: [
          {
            error: "TypeScriptError",
            message: /^line 2, column 7: TS2322: Type 'string' is not assignable to type 'number'/,
            traceback: ["    const n: number = 'text';\n          ^"],
          },
        ],
      },
      { code: "console.log(sideEffects)", expected: [{ stdout: "0\n" }] },
      { code: "console.log(n)", expected: [{ error: "TypeScriptError", message: /TS2304: Cannot find name 'n'/ }] },
    ],
    tslab: plainErrors,
  },
  {
    name: "a syntax error is one of the cell, and each type error is told",
    cells: [
      { code: "const = 3;", expected: [{ error: "TypeScriptError", message: /^line 1, column 7: TS1134/ }] },
      {
        code: "const a: string = 1;\nconst b: number = '';",
        expected: [
          { error: "TypeScriptError", message: /^line 1/, traceback: ["line 1, column 7", "line 2, column 7"] },
        ],
      },
    ],
    tslab: plainErrors,
  },
  {
    name: "types are strict: nothing is `any` unsaid, nothing is null unsaid",
    cells: [
      { code: "function id(x) { return x }", expected: [{ error: "TypeScriptError", message: /TS7006/ }] },
      {
        code: "const found: number = [1, 2].find((n) => n > 1);",
        expected: [{ error: "TypeScriptError", message: /TS2322/ }],
      },
    ],
    tslab: "types are not strict",
  },
  {
    name: "a name of another cell is no obstacle as a property, a parameter or a name of one's own",
    cells: [
      { code: "const epochs = 3, rate = 0.5;" },
      {
        code: [
          "const settings = { epochs, rate: 1 };",
          "const { rate: taken } = settings;",
          "function show(epochs: string) { const rate = epochs; return rate }",
          "console.log(settings.epochs, taken, show('x'), epochs, rate);",
        ].join("\n"),
        expected: [{ stdout: "3 1 x 3 0.5\n" }],
      },
    ],
    tslab: "it loses names in `{ epochs }` and trips over `{ rate: taken } =`",
  },
  {
    name: "a failed cell keeps what it had declared",
    cells: [
      {
        code: "const before = 'kept';\nlet counter = 1;\nthrow new Error('half way');",
        expected: [{ error: "Error", message: "half way" }],
      },
      { code: "counter++;\nconsole.log(before, counter)", expected: [{ stdout: "kept 2\n" }] },
    ],
    tslab: plainErrors,
  },
  {
    name: "a `const` of another cell cannot be assigned",
    cells: [
      { code: "const fixed = 1;" },
      { code: "fixed = 2;", expected: [{ error: "TypeScriptError", message: /TS2588|TS2632|constant/ }] },
    ],
    tslab: plainErrors,
  },
  {
    name: "globals of Node and of the web are there, typed",
    cells: [
      {
        code: [
          "const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);",
          "const module = await WebAssembly.instantiate(bytes);",
          "console.log(module.instance instanceof WebAssembly.Instance, typeof fetch, new URL('http://a/b').pathname);",
          "console.log(structuredClone([1n]), Buffer.from('é').length, performance.now() > 0);",
        ].join("\n"),
        expected: [{ stdout: "true function /b\n[ 1n ] 2 true\n" }],
      },
    ],
    tslab: "it has no types of WebAssembly",
  },
];
