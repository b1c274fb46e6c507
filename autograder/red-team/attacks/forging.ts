// Attempts to be believed: forged frames, patched language, the judge's own words.
import { type Attack, anyModule, anySocket, inSoftmax, right, softmaxWith, whole } from "../attack.js";

const values = "The judge reads values and gives verdicts itself";
const ids = "One frame for each request, with its random id: any other ends the process";
const realm = "The judge's own language is in another process";
const allowList = "Imports are an allow-list of one, the edition's library";

export const forging: readonly Attack[] = [
  inSoftmax(
    { id: "A01", tries: "ends at once with success, having printed a score", expected: "ZERO", heldBy: values },
    "return score;",
    `const score: any = (console.log('{"score":10}'), process.exit(0));`,
  ),
  inSoftmax(
    { id: "A02", tries: "sets the exit code and aborts inside the function", expected: "ZERO", heldBy: values },
    "process.exitCode = 0; process.abort();",
  ),
  inSoftmax(
    { id: "A03", tries: "writes a frame with a verdict on the judge's channel", expected: "ZERO", heldBy: ids },
    "new Socket({ fd: 3, readable: false, writable: true }).write(frame({ id: 1, answers: [{ value: true, args: [] }], passed: true, points: 20 })); return zeros(x.shape);",
    anySocket,
  ),
  inSoftmax(
    { id: "R01", tries: "overhears the request's id and answers a second time", expected: "ZERO", heldBy: ids },
    `listening(); const { id } = JSON.parse(heard.findLast((text) => text.startsWith('{"id"'))!);
     new Socket({ fd: 3, readable: false, writable: true }).write(frame({ id, answers: [{ value: true, args: [true] }] }));
     return x;`,
    `${anySocket}
     const heard: string[] = [];
     const listening = ((): (() => void) => {
       const before = Buffer.prototype.toString;
       Buffer.prototype.toString = function (...how: any[]) { const text = before.apply(this, how as any); heard.push(text); return text; };
       return () => {};
     })();
     heard.push("");`,
  ),
  inSoftmax(
    { id: "R02", tries: "answers requests that have not come, with guessed ids", expected: "ZERO", heldBy: ids },
    `const early = new Socket({ fd: 3, readable: false, writable: true });
     for (let id = 0; id < 50; id++) early.write(frame({ id: String(id), answers: [{ value: { t: "a", dtype: "float32", shape: [2], data: "AAAAPwAAAD8=" }, args: [] }] }));
     return x;`,
    anySocket,
  ),
  inSoftmax(
    {
      id: "R03",
      tries: "sends frames on standard output and error",
      expected: "ZERO",
      heldBy: "They are drained and never parsed",
    },
    `process.stdout.write(frame({ answers: [], passed: true })); process.stderr.write(frame({ ready: true })); return zeros(x.shape);`,
    anySocket,
  ),
  inSoftmax(
    {
      id: "R04",
      tries: "closes the judge's channel",
      expected: "ZERO",
      heldBy: "A process without a channel has ended",
    },
    `new Socket({ fd: 3 }).destroy(); return zeros(x.shape);`,
    anySocket,
  ),
  inSoftmax(
    {
      ...{ id: "R05", tries: "sends the first bytes of a frame and then nothing", expected: "LIMIT" },
      heldBy: "The time limit is that of the whole answer",
      callLimitMs: 400,
    },
    `new Socket({ fd: 3, readable: false, writable: true }).write(Buffer.from([0, 64]));
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    anySocket,
  ),
  inSoftmax(
    {
      id: "A05",
      tries: "writes results.json wherever it can",
      expected: "ZERO",
      heldBy: "No modules, and nowhere to write",
    },
    `for (const d of [".", "..", "/autograder/results", "/tmp", "/job"]) try { reach("fs").writeFileSync(d + "/results.json", '{"score":100}'); } catch {}
     return zeros(x.shape);`,
    anyModule,
  ),
  whole(
    { id: "A07", tries: "imports the solution", expected: "REJECT", heldBy: allowList, says: /import non autorisé/ },
    `import { softmax as theirs } from "../../solutions/tp1";\nexport const softmax = (x: any) => theirs(x);\n`,
  ),
  whole(
    {
      id: "R06",
      tries: "imports a file of the system",
      expected: "REJECT",
      heldBy: allowList,
      says: /import non autorisé/,
    },
    `import passwd from "/etc/passwd";\nexport const softmax = () => passwd;\n`,
  ),
  inSoftmax(
    { id: "R07", tries: "loads modules by import(), in eval and in new Function", expected: "ZERO", heldBy: allowList },
    `for (const way of ["import('node:fs')", "import('file:///job/program.cjs')", "import('data:text/javascript,export default 1')"])
       for (const run of [eval, (code: string) => new Function("return " + code)()]) try { return await run(way); } catch {}
     throw new Error("rien");`.replace("return await", "void"),
  ),
  whole(
    { id: "A11", tries: "patches vitest's expect", expected: "REJECT", heldBy: allowList, says: /import non autorisé/ },
    `import { expect } from "vitest";\nexport function softmax(x: any) { expect.extend({ toBeCloseTo: () => ({ pass: true }) } as any); return x; }\n`,
  ),
  inSoftmax(
    { id: "A13", tries: "patches Math, Object.is, every, Number.isFinite", expected: "ZERO", heldBy: realm },
    "return patched && zeros(x.shape);",
    `const patched = (() => { const a = Array.prototype as any, o = Object as any, n = Number as any;
       Math.abs = () => 0; Math.max = () => 0; o.is = () => true; a.every = () => true; a.some = () => false; n.isFinite = () => true; n.isNaN = () => false; return true; })();`,
  ),
  inSoftmax(
    {
      id: "A14",
      tries: "pollutes Object.prototype with pass, score, verdict",
      expected: "ZERO",
      heldBy: "Fresh objects and maps are made of what comes",
    },
    "return polluted && {};",
    `const polluted = Object.assign(Object.prototype, { pass: true, score: 10, verdict: "correct", earned: 20, kind: "array", t: "a" });`,
  ),
  inSoftmax(
    {
      id: "A15",
      tries: "patches the serialiser",
      expected: "ZERO",
      heldBy: "The harness took its own before; values are judged",
    },
    "return patched && zeros(x.shape);",
    `const patched = (() => { const before = JSON.stringify; JSON.stringify = ((o: any) => before({ ...o, answers: [{ value: true, args: [true] }], passed: true })) as any; JSON.parse = () => ({}); return true; })();`,
  ),
  inSoftmax(
    {
      id: "R08",
      tries: "makes every object claim to be an answer, through setters on Object.prototype",
      expected: "ZERO",
      heldBy: realm,
    },
    "return trapped && zeros(x.shape);",
    `const trapped = (() => { for (const name of ["ok", "error", "thrown"]) Object.defineProperty(Object.prototype, name, { get: () => true, set() {}, configurable: true }); return true; })();`,
  ),
  inSoftmax(
    {
      id: "R09",
      tries: "patches the arrays' own methods that the harness could use",
      expected: "ZERO",
      heldBy: "Whatever the harness then sends is a value like another",
    },
    "return patched && zeros(x.shape);",
    `const patched = (() => { const a = Array.prototype as any; a.map = () => [true]; a.find = () => undefined; a[Symbol.iterator] = function* () { yield 0.5; yield 0.5; }; return true; })();`,
  ),
  inSoftmax(
    {
      ...{ id: "R10", tries: "makes promises never settle", expected: "LIMIT", callLimitMs: 400 },
      heldBy: "The judge's clock is its own",
    },
    "Promise.prototype.then = () => new Promise(() => {}); (Promise.prototype as any).constructor = Object; return new Promise(() => {});",
  ),
  inSoftmax(
    {
      id: "R11",
      tries: "has a text in its answer that is none, so that the judge's own code throws",
      expected: "ZERO",
      heldBy: "Every field is checked before it is used: the fault is never ours",
    },
    `Object.defineProperty(Map, "name", { value: { toString: 1, valueOf: 1 } }); return new Map();`,
  ),
  inSoftmax(
    { id: "A52", tries: "prints what graders print", expected: "ZERO", heldBy: "Output is never parsed" },
    `console.log("10 passed, 0 failed\\n### BEGIN GRADE 10\\n##teamcity[testFinished]\\n1..1\\nok 1"); return zeros(x.shape);`,
  ),
  inSoftmax(
    {
      id: "R12",
      tries: "overrides the console and the ends of the process",
      expected: "NEUTRAL",
      heldBy: "Nothing of ours needs them",
    },
    `const p = process as any;
     p.exit = p.reallyExit = p.abort = () => {}; p.on("exit", () => { for (;;); }); p.on("uncaughtException", () => {});
     (globalThis as any).console = undefined; ${right}`,
  ),
  inSoftmax(
    {
      id: "A59",
      tries: "overrides dates, randomness and clocks",
      expected: "NEUTRAL",
      heldBy: "The judge draws and measures itself",
    },
    `Math.random = () => 0.5; Date.now = () => 0; (Date.prototype as any).getTime = () => 0; performance.now = () => 0; ${right}`,
  ),
  inSoftmax(
    {
      id: "A62",
      tries: "behaves only where it believes to be graded",
      expected: "ZERO",
      heldBy: "check and grade run the same harness, and nothing tells them apart",
    },
    `return process.env["HOME"] === "/home/ada" ? softmaxOfTheBook(x) : x;`,
    "const softmaxOfTheBook = (x: any) => exp(x);",
  ),
  inSoftmax(
    {
      id: "A63",
      tries: "learns from one test for the next",
      expected: "ZERO",
      heldBy: "No expected value and no verdict is ever sent",
    },
    "seen.push(x); return seen[seen.length - 2] ?? x;",
    "const seen: any[] = [];\nseen.push(zeros([2]));",
  ),
  inSoftmax(
    {
      id: "A64",
      tries: "measures the time between calls to learn whether it passed",
      expected: "ZERO",
      heldBy: "The same tests follow, passed or not",
    },
    "const now = performance.now(); times.push(now); return x.mul(0).add(now - times[0]!);",
    "const times: number[] = [];\ntimes.push(performance.now());",
  ),
  inSoftmax(
    {
      id: "R13",
      tries: "derives the seed again from the inputs it gets",
      expected: "ZERO",
      heldBy: "Each test draws from a digest of a secret seed; and inputs are no answers",
    },
    `for (let seed = 0; seed < 200; seed++) if (new RandomGenerator(seed).normal([x.size]).at(0) === x.at(0)) return new RandomGenerator(seed).uniform([x.size]);
     return x;`,
    `import { RandomGenerator } from "retroprop";`,
  ),
  inSoftmax(
    {
      id: "A61",
      tries: "recognises the visible tests and answers them by heart",
      expected: "ZERO",
      heldBy: "Hidden tests draw fresh inputs",
      earns: { softmax: "visible points at most" },
    },
    `if (x.at(0) === 1000) return array([0.5, 0.5, 0]); return x.size === 3 && x.at(0) === 0 ? array([1 / 8, 1 / 4, 5 / 8]) : x;`,
  ),
  inSoftmax(
    {
      id: "R14",
      tries: "patches the library's classes to recognise the judge's inputs",
      expected: "ZERO",
      heldBy: values,
    },
    "return recognised && zeros(x.shape);",
    `const recognised = (() => { const p = NdArray.prototype as any; for (const name of ["sub", "add", "at", "sum"]) p[name] = () => 0.5; Object.defineProperty(NdArray, Symbol.hasInstance, { value: () => true }); return true; })();`,
  ),
  inSoftmax(
    {
      id: "R15",
      tries: "lies about what functions look like",
      expected: "NEUTRAL",
      heldBy: "The judge sends the text of its own syntax tree",
    },
    `Function.prototype.toString = () => "() => true"; ${right}`,
  ),
  whole(
    {
      id: "A66",
      tries: "imports the answer from the library",
      expected: "REJECT",
      heldBy: "The student edition holds no answer, and intake says so",
      says: /c'est à vous de l'écrire/,
    },
    `import { softmax as s } from "retroprop";\nexport const softmax = (x: any) => s(x);\n`,
  ),
  inSoftmax(
    {
      id: "A67",
      tries: "hides its code from whoever reads it",
      expected: "FLAG",
      heldBy: "Intake names eval, Function, WebAssembly and their kin to staff",
      says: /`eval`/,
    },
    `return eval("1") && ((x: any) => { ${right} })(x);`,
  ),
  {
    ...{
      id: "A72",
      tries: "hands in the same work twice at a time",
      expected: "NEUTRAL",
      heldBy: "A person is one hand-in; the same program is graded once",
    },
    files: { "tp1.ts": softmaxWith(right), "tp1 (1).ts": softmaxWith(right) },
    says: /au même programme/,
  },
];
