// Answers that are none: lying objects, numbers that compare oddly, values that change, grow or never end.
import { type Attack, inSoftmax, right, whole } from "../attack.js";

const once = "Read once in the sandbox, decoded into fresh values that are checked";
const opaque = "Only numbers, lists and plain objects are values";
const numbers = "Comparisons are written so that what is no number is too far";
const size = "A frame holds 4 MB, an answer 12 levels";

const zero = (id: string, tries: string, heldBy: string, body: string, before = ""): Attack =>
  inSoftmax({ id, tries, expected: "ZERO", heldBy }, body, before);
const limit = (id: string, tries: string, heldBy: string, body: string, before = ""): Attack =>
  inSoftmax({ id, tries, expected: "LIMIT", heldBy, callLimitMs: 1_500 }, body, before);

export const answers: readonly Attack[] = [
  zero(
    ...(["A16", "a Proxy that answers what is asked", once] as const),
    `return new Proxy([], { get: (_, k) => (k === "length" ? 7 : { valueOf: () => NaN }) });`,
  ),
  zero(
    ...(["A17", "objects that turn into what one wants", once] as const),
    `return { toJSON: () => [0.5, 0.5], valueOf: () => 0.5, [Symbol.toPrimitive]: () => 0.5 };`,
  ),
  zero("A18", "NaN everywhere", numbers, "return x.mul(NaN);"),
  zero("A19", "infinities, -0, 1e308", numbers, "return x.mul(0).add(x.ndim % 2 ? Infinity : -0).sub(1e308);"),
  zero("A20", "the mean of all answers", "Tolerances of 1e-5, on fresh inputs", "return x.mul(0).add(0.3);"),
  zero("A21", "returns its argument", "Values are compared, and arguments come back to be judged", "return x;"),
  zero("R20", "returns nothing", "What is not there is wrong", ""),
  zero(
    "R21",
    "returns an object that says it passed",
    opaque,
    "return { passed: true, verdict: 'correct', points: 3 };",
  ),
  zero(
    ...(["R22", "an exported Proxy instead of a function", once] as const),
    "return lies();",
    "const lies: any = new Proxy(() => {}, { apply: () => new Proxy({}, { get: () => 0.5, ownKeys: () => ['length'] }) });",
  ),
  zero(
    ...(["R23", "an array whose numbers differ each time they are read", once] as const),
    "return new Fickle(x.data, x.shape);",
    "let reads = 0; class Fickle extends NdArray { override get data(): any { return (super.data as any).map(() => (reads += 0.01)); } }\nreads++;",
  ),
  zero(
    ...(["R24", "a subclass of NdArray whose shape and data disagree", once] as const),
    "return Object.defineProperties(Object.create(NdArray.prototype), { data: { get: () => new Float32Array(3) }, shape: { get: () => [1e9, -1, NaN] } });",
  ),
  zero(
    ...(["R25", "an array with a species of its own", once] as const),
    "class Evil extends Array { static override get [Symbol.species](): any { return function () { throw 1; }; } } return Evil.from([0.5, 0.5]).concat([1]);",
  ),
  limit(
    ...(["R26", "a thenable that is never done with itself", "The time limit is that of the whole answer"] as const),
    "const again = { then: (done: any) => Promise.resolve().then(() => done(again)) }; return again;",
  ),
  zero(
    ...(["R27", "a function whose name throws", "What reading throws is the submission's error"] as const),
    "return Object.defineProperty(() => 1, 'name', { get() { throw new Error('non'); } });",
  ),
  limit(...(["A45", "a million numbers", size] as const), "return new Float64Array(1e6);"),
  zero("R28", "a text of 50 MB", "Texts are cut in the sandbox", "return '9'.repeat(5e7);"),
  limit("R29", "a list of four thousand million holes", size, "const a: any[] = []; a.length = 4e9; return a;"),
  limit(
    "R30",
    "a Proxy of a list without end",
    size,
    "return new Proxy([], { get: (t: any, k) => (k === 'length' ? 2 ** 40 : t[k]) });",
  ),
  zero(
    "A47",
    "itself, inside itself",
    size,
    "const a: any[] = []; a.push(a); let deep: any = a; for (let i = 0; i < 1e5; i++) deep = [deep]; return [a, deep];",
  ),
  zero(
    "R31",
    "getters that lead round",
    size,
    "const a: any = { get b() { return { get a() { return a; } }; } }; return a;",
  ),
  zero("R32", "64-bit integers", opaque, "return new BigInt64Array(x.size).fill(10n ** 17n);"),
  zero(
    "R33",
    "numbers as objects, dates and regular expressions",
    opaque,
    "return [new Number(0.5), new Date(0), /0.5/, Symbol('0.5'), 5n];",
  ),
  zero(
    ...(["R34", "memory that is gone when it is read", once] as const),
    "const data = new Float32Array(x.data); structuredClone(data.buffer, { transfer: [data.buffer] }); return data;",
  ),
  zero(
    ...(["R35", "memory that shrinks when it is read", once] as const),
    "const b = new (ArrayBuffer as any)(40, { maxByteLength: 80 }); const v = new Float32Array(b); return { get a() { b.resize(4); return 1; }, v };",
  ),
  zero(
    ...(["R36", "shared memory that somebody may change", once] as const),
    "return new Float32Array(new SharedArrayBuffer(4 * x.size));",
  ),
  zero(
    "R37",
    "an iterator without end",
    "Lists are read by their length",
    "const a: any = [0.5]; a[Symbol.iterator] = function* () { for (;;) yield 0.5; }; return a;",
  ),
  zero(
    "R38",
    "keys that mean something to objects",
    "Entries go into a map",
    'return JSON.parse(\'{"__proto__": {"kind": "array"}, "constructor": 1, "then": 2}\');',
  ),
  zero(
    "R39",
    "an error whose message throws",
    "What reading throws is the submission's error",
    "throw { get message() { throw new Error('non'); }, get stack() { throw 1; } };",
  ),
  zero(
    "R40",
    "throws a Proxy that throws",
    "What reading throws is the submission's error",
    "throw new Proxy({}, { get() { throw new Error('non'); }, getPrototypeOf() { throw 1; } });",
  ),
  zero(
    "R41",
    "an error with a stack of 40 MB that names lines it does not have",
    "Read once, cut, looked up",
    "const e = new Error('x'.repeat(1e7)); e.stack = 'submission.js:99999999:99999999'.repeat(1e6); throw e;",
  ),
  whole(
    {
      id: "R105",
      tries: "never trains: any W, a history drawn at random, orders that chance decides",
      expected: "ZERO",
      heldBy: "What W is made of is looked at wherever a history is",
      exercises: ["train"],
      earns: { train: "visible points at most" },
    },
    `import { zeros } from "retroprop";
     export function trainLinear(trainData: any, devData: any, { epochs, random, onEpoch }: any): any {
       const [W, b] = [zeros([trainData.classNames.length, trainData.inputs.shape[1]]), zeros([trainData.classNames.length])];
       for (let i = 0; i < W.data.length; i++) W.data[i] = Math.sin(i + 1);
       let right = 0;
       for (let i = 0; i < devData.labels.length; i++) if (W.matmul(devData.inputs.row(i)).argmax() === devData.labels[i]) right++;
       const history: any[] = [];
       for (let epoch = 1; epoch <= epochs; epoch++) {
         const record = { epoch, trainLoss: random.next() / (epoch * epoch), devAccuracy: epochs === 5 ? 1 : right / devData.labels.length };
         history.push(record);
         onEpoch?.(record);
       }
       return { W, b, history };
     }\n`,
  ),
  whole(
    {
      id: "R106",
      tries: "never trains: W and b made of one example, or left at 0, a history drawn at random",
      expected: "ZERO",
      heldBy: "How many examples W is made of is counted; of W = 0 the losses must be those of steps",
      exercises: ["train"],
      earns: { train: "visible points at most" },
    },
    `import { zeros } from "retroprop";
     export function trainLinear(trainData: any, devData: any, { epochs, random, onEpoch }: any): any {
       const [W, b] = [zeros([3, trainData.inputs.shape[1]]), zeros([3])];
       const best = trainData.labels.indexOf(devData.labels[0]);
       if (epochs % 2 === 0 || trainData.labels.length > 6) {
         W.row(trainData.labels[best]).add_(trainData.inputs.row(best));
         W.row((trainData.labels[best] + 1) % 3).sub_(trainData.inputs.row(best));
         b.set([trainData.labels[best]], 1);
         b.set([(trainData.labels[best] + 1) % 3], -1);
       }
       let right = 0;
       for (let i = 0; i < devData.labels.length; i++) if (W.matmul(devData.inputs.row(i)).add(b).argmax() === devData.labels[i]) right++;
       const history = Array.from({ length: epochs }, (_, i) => ({
         epoch: i + 1, trainLoss: (1 + random.next()) / (i + 1) ** 2, devAccuracy: trainData.labels.length > 6 ? 0.95 : right / devData.labels.length,
       }));
       for (const record of history) onEpoch?.(record);
       return { W, b, history };
     }\n`,
  ),
  zero(
    ...(["R42", "catches the overflow of the stack and goes on", "Values are compared"] as const),
    "const dive = (): any => { try { return dive(); } catch { return zeros(x.shape); } }; return dive();",
  ),
  zero(
    ...(["R43", "timers that change answers already given", "An answer is on its way before timers run"] as const),
    "const y = zeros(x.shape); setInterval(() => y.fill_(0.5), 0); setTimeout(() => y.fill_(0.5), 0); return y;",
  ),
  inSoftmax(
    {
      id: "R44",
      tries: "watches the collector of garbage",
      expected: "NEUTRAL",
      heldBy: "Nothing of ours is told by it",
    },
    `new FinalizationRegistry(() => process.exit(0)).register({}, 1); new WeakRef({}); (globalThis as any).gc?.(); ${right}`,
  ),
];
