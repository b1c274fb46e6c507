// The texts are what tslab 1.0.22 printed on Node 20.20, shortened in the middle.
import { expect, test } from "vitest";
import { readTslabError, withoutInnerFrames } from "./tslab-error.js";

const innerFrames = [
  "    at sigintHandlersWrap (node:vm:280:12)",
  "    at Script.runInThisContext (node:vm:135:14)",
  "    at Object.execute (/course/node_modules/tslab/dist/executor.js:160:38)",
  "    at async ZmqServer.handleExecute (/course/node_modules/tslab/dist/jupyter.js:406:25)",
].join("\n");

const read = (texts: string[], code = "") => readTslabError(texts, code, "/course/notebooks");

test("an error thrown in a cell has its name, its whole message, the failing line and the student's frames only", () => {
  const text = `evalmachine.<anonymous>:3
function f() { throw new RangeError("boum\\nsecond line"); }
               ^

RangeError: boum
second line
    at f (evalmachine.<anonymous>:3:22)
    at evalmachine.<anonymous>:5:22
${innerFrames}
`;
  expect(read(["before\n", text])).toEqual([
    {
      type: "error",
      ename: "RangeError",
      evalue: "boum\nsecond line",
      traceback: [
        'function f() { throw new RangeError("boum\\nsecond line"); }',
        "               ^",
        "RangeError: boum",
        "second line",
        "    at f (in a cell)",
      ],
    },
    1,
  ]);
});

test("the caret stays under its place when tslab had put words of its own before the line", () => {
  const text = `evalmachine.<anonymous>:5
exports.tsLastExpr = e2.foo();
                        ^

TypeError: Cannot read properties of undefined (reading 'foo')
    at evalmachine.<anonymous>:5:25
${innerFrames}
`;
  expect(read([text])[0].traceback.slice(0, 2)).toEqual(["e2.foo();", "   ^"]);
});

test("an error out of a library keeps its frame, with a path from the notebook's folder", () => {
  const text = `/course/src/dist/softmax.js:12
    throw new Error("empty");
    ^

Error: empty
    at softmax (/course/src/dist/softmax.js:12:11)
    at loss (file:///course/src/dist/loss.js:3:4)
    at evalmachine.<anonymous>:5:22
${innerFrames}
`;
  expect(read([text])[0].traceback).toEqual([
    "Error: empty",
    "    at softmax (../src/dist/softmax.js:12:11)",
    "    at loss (../src/dist/loss.js:3:4)",
  ]);
});

test("an error with a code in its name, a rejected promise, an error without a message", () => {
  const assertion = `AssertionError [ERR_ASSERTION]: not equal:\n\n1 !== 2\n\n${innerFrames} {\n  code: 'ERR_ASSERTION'\n}\n`;
  expect(read([assertion])[0]).toMatchObject({ ename: "AssertionError", evalue: "not equal:\n\n1 !== 2" });
  expect(read([`TypeError: async\n${innerFrames}\n`])[0]).toMatchObject({ ename: "TypeError", evalue: "async" });
  expect(read([`Error\n${innerFrames}\n`])[0]).toMatchObject({ ename: "Error", evalue: "" });
});

test("what is thrown and is no error is told as it is", () => {
  expect(read(["{ a: 1 }\n"])[0]).toMatchObject({ ename: "Thrown", evalue: "{ a: 1 }" });
});

test("the compiler's messages are one error, each with its line and a caret; what the cell printed before is not taken", () => {
  const [error, taken] = read(
    ["1 - printed\n", "1:7 - Type 'string' is not assignable to type 'number'.\n", "2:1 - Cannot find name 'y'.\n"],
    "const x: number = '';\ny",
  );
  expect(taken).toBe(2);
  expect(error).toMatchObject({
    ename: "TypeScriptError",
    evalue: "line 1, column 7: Type 'string' is not assignable to type 'number'.",
    traceback: [
      "line 1, column 7: Type 'string' is not assignable to type 'number'.",
      "    const x: number = '';",
      "          ^",
      "line 2, column 1: Cannot find name 'y'.",
      "    y",
      "    ^",
    ],
  });
});

test("a failure of which nothing was printed is an error still", () => {
  expect(read([])).toEqual([expect.objectContaining({ type: "error", ename: "Error" }), 0]);
});

test("frames of tslab and Node are taken out of what is printed, others stay", () => {
  const text = `UnhandledPromiseRejection: Error: late\n    at train (/course/src/a.js:1:2)\n${innerFrames}\n`;
  expect(withoutInnerFrames(text)).toBe(
    "UnhandledPromiseRejection: Error: late\n    at train (/course/src/a.js:1:2)\n",
  );
});
