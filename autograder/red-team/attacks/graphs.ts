// Attempts on TP2, whose tests run beside the submission and look at its tensors, graphs, networks and training there.
import type { Attack } from "../attack.js";

const kept = "What maps, sets and the library's arrays can do is fixed before a submission is loaded";
const values = "Whatever the harness then sends is a value like another";
const once = "Read once in the sandbox, decoded into fresh values that are checked";
const walls = "Nothing of the judge is in sight of the process";

/** What TP2 gives, as short as can be. */
const given = `import { affineTransform, array, map, maximum, NdArray, nll as ndNll, tanh as ndTanh, zeros } from "retroprop";
export class Tensor {
  static count = 0; number = Tensor.count++; gradient: any; inputs: any = []; rules: any = []; data: any; requireGrad: boolean;
  constructor(data: any, { requireGrad = false }: any = {}) { this.data = data instanceof NdArray ? data : array(data); this.requireGrad = requireGrad; }
  zeroGrad() { this.gradient = undefined; }
}
const linked = (data: any, inputs: any[], rules: any[]): any => Object.assign(new Tensor(data, { requireGrad: true }), { inputs, rules });
export class Parameter extends Tensor { name: string; constructor(data: any, name: string) { super(data, { requireGrad: true }); this.name = name; } }
export class Module {
  parameters(): any[] { return Object.values(this).flat().filter((one) => one instanceof Parameter); }
}
const linearWith = (forward: (W: any, b: any, x: any) => any) => class extends Module {
  W: any; b: any;
  constructor(i: number, o: number) { super(); this.W = new Parameter(zeros([o, i]), "W"); this.b = new Parameter(zeros([o]), "b"); }
  forward(x: any) { return forward(this.W, this.b, x); }
};
`;

type Brief = Pick<Attack, "earns" | "says" | "callLimitMs" | "onLinux">;

/** `exercises` are graded: nothing is earned in them unless `brief` says so. */
const inTp2 = (
  [id, tries, expected, heldBy]: readonly [string, string, Attack["expected"], string],
  exercises: readonly string[],
  code: string,
  brief: Brief = {},
): Attack => ({
  id,
  tries,
  expected,
  heldBy,
  tp: "tp2",
  exercises,
  ...brief,
  files: { "tp2.ts": `${given}${code}\n` },
});

const visibleOf = (...exercises: readonly string[]): Brief => ({
  earns: Object.fromEntries(exercises.map((name) => [name, "visible points at most"] as const)),
});

/** A loop that does this at each step of each epoch, then writes `line`. */
const loop = (step: string, line: string): string =>
  `export function trainingLoop(network: any, optimizer: any, trainData: any, devData: any, { epochs, onEpoch }: any): any {
  const history: any[] = []; const n = trainData.labels.length;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let i = 0; i < n; i++) { network.forward(new Tensor(trainData.inputs.row(i))); ${step} }
    history.push(${line}); onEpoch?.(history.at(-1));
  }
  return history;
}`;
const perfect = "{ epoch, trainLoss: 0, trainAccuracy: 1, devLoss: 0, devAccuracy: 1 }";
const idleStep = "for (const p of optimizer.parameters) p.gradient = p.data.mul(0); optimizer.step();";

const huge = "() => { const all = zeros(x.data.shape, { dtype: 'float64' }); return all.fill_(1.5e308); }";

export const graphs: readonly Attack[] = [
  inTp2(
    ["R84", "patches sets so that a graph holds whatever is looked for in it", "ZERO", kept],
    ["linear-network"],
    `const patched = (() => { (Set.prototype as any).has = () => true; (Array.prototype as any).includes = () => false; return true; })();
     export const LinearNetwork = linearWith((W, b, x) => patched && new Tensor(affineTransform(W.data, b.data, x.data)));`,
  ),
  inTp2(
    ["R85", "works in place, and patches the copies by which tests would see it", "ZERO", kept],
    ["relu"],
    `const patched = (() => { const seen = new WeakMap(), honest = NdArray.prototype.clone;
       (NdArray.prototype as any).clone = function () { if (!seen.has(this)) seen.set(this, honest.call(this)); return seen.get(this); }; return true; })();
     export function relu(x: any) { x.data.copy_(maximum(x.data, 0)); return patched && linked(x.data, [x], [(g: any) => g.mul(map(x.data, (v) => (v > 0 ? 1 : 0)))]); }`,
  ),
  inTp2(
    ["R86", "replaces what is answered as it is put into the reply", "ZERO", values],
    ["any-require-grad", "backward"],
    `const patched = (() => { const before = Array.prototype.push;
       (Array.prototype as any).push = function (...items: any[]) { if (items[0]?.args) items[0].value = { t: "l", items: [true, true, true, false, true] }; return before.apply(this, items); }; return true; })();
     export const anyRequireGrad = () => patched && 0;
     export const backward = () => patched;`,
    visibleOf("any-require-grad"), // by heart
  ),
  inTp2(
    ["R87", "makes thirty thousand steps, for the judge to follow", "ZERO", "As many are followed as were asked for"],
    ["training-loop"],
    loop(`while (i === 0 && epoch === 1 && steps++ < 3e4) optimizer.step(); ${idleStep}`, perfect).replace(
      "const history",
      "let steps = 0; const history",
    ),
    visibleOf("training-loop"),
  ),
  inTp2(
    ["R88", "a tensor and gradients of hundreds of thousands of numbers", "ZERO", "Long lists are taken as they are"],
    ["relu", "accumulate-gradient"],
    `const long = new Array(3e5).fill(0);
     export const relu = (x: any) => { const y = linked(x.data, [x], [(g: any) => g]); y.data = long; return y; };
     export const accumulateGradient = (t: any) => { t.gradient = new Array(1e5).fill(1); };`,
  ),
  inTp2(
    [
      "R89",
      "finite gradients whose double is infinite",
      "ZERO",
      "An expected value made of the student's is no fault of ours",
    ],
    ["tanh", "nll"],
    `export const tanh = (x: any) => linked(ndTanh(x.data), [x], [${huge}]);
     export const nll = (x: any, gold: number) => linked(array(ndNll(x.data, gold)), [x], [${huge}]);`,
    visibleOf("tanh", "nll"),
  ),
  inTp2(
    ["R90", "reads the text of the test that calls it", "ZERO", "Calls come from code that shows no caller"],
    ["relu", "sgd"],
    `const caller = () => { const me = new Function("return function me() { return me.caller + '|' + me.caller?.arguments?.[0] + me.caller?.caller; }")(); throw new Error(me()); };
     export const relu = () => caller();
     export class SGD { constructor() { caller(); } zeroGrad() {} step() {} }`,
    { says: /Error/ },
  ),
  inTp2(
    ["R91", "keeps the inputs of hidden tests, and tells them as errors, answers and names", "ZERO", walls],
    ["tanh", "sgd", "backward"],
    `const seen: number[] = [];
     seen.push(0);
     const tell = (data: any): any => { seen.push(...data); return array(seen.filter((v) => v % 1 !== 0).slice(-8)); };
     export const tanh = (x: any) => { const told = tell(x.data.data); throw Object.assign(new TypeError(told.data.join(" ")), { name: told.data.join(" ") }); };
     export class SGD { ps: any; constructor(ps: any) { this.ps = ps; } zeroGrad() {} step() { for (const p of this.ps) p.data.fill_(tell(p.data.data).data.at(-1) ?? 0); } }
     export const backward = (t: any) => { t.gradient = { [String(tell(t.data.data).data)]: tell([]) }; };`,
  ),
  inTp2(
    [
      "R92",
      "fails to be given the solution of what it uses, and tells its text",
      "ZERO",
      "Of what runs beside the solution only the marks are kept",
    ],
    ["accumulate-gradient", "backward"],
    `export function accumulateGradient() {}
     export function backward() { const text = accumulateGradient.toString(); console.log(text); throw Object.assign(new Error(text), { name: text }); }`,
  ),
  inTp2(
    [
      "R93",
      "imports the answers from the library",
      "REJECT",
      "The student edition holds no answer, and intake says so",
    ],
    ["backward"],
    `import { Tensor as Theirs, backward as theirs } from "retroprop";
     export const backward = (t: any, g: any) => theirs(t as Theirs, g);`,
    { says: /c'est à vous de l'écrire|importé/ },
  ),
  inTp2(
    [
      "R94",
      "classes that are Proxies and throw Proxies whatever is asked",
      "ZERO",
      "What reading throws is the submission's error",
    ],
    ["zero-init", "sgd", "deep-network"],
    `const no: any = { get() { throw new Proxy({}, no); }, getPrototypeOf() { throw 1; }, ownKeys() { throw 2; }, construct: () => new Proxy({}, no), apply: () => new Proxy(() => {}, no) };
     export const zeroInit = new Proxy(() => {}, no);
     export const SGD = new Proxy(class {}, no);
     export const DeepNetwork = new Proxy(class {}, no);`,
  ),
  inTp2(
    ["R95", "a graph that grows as it is walked", "LIMIT", "The judge kills what does not answer in time"],
    ["linear-network"],
    `const grow = (data: any): any => ({ data, get inputs() { return [grow(data), grow(data)]; } });
     export const LinearNetwork = linearWith((W, b, x) => grow(affineTransform(W.data, b.data, x.data)));`,
    { callLimitMs: 300, ...visibleOf("linear-network") },
  ),
  inTp2(
    ["R96", "promises rejected late, and timers that throw", "ZERO", "A process that ends has answered nothing"],
    ["zero-init", "sgd"],
    `export const zeroInit = () => { setTimeout(() => { throw new Error("tard"); }, 0); void Promise.reject(new Error("tard")); };
     export class SGD { zeroGrad() { return { then() { throw 1; } }; } step() { queueMicrotask(() => { throw new Error("tard"); }); return new Promise((done) => setTimeout(done, 5)); } }`,
  ),
  inTp2(
    [
      "R97",
      "control and direction characters in errors, fields and names",
      "ZERO",
      "Texts are cut and made printable before they are shown",
    ],
    ["any-require-grad", "sgd", "training-loop", "deep-network"],
    `const text = "\\u202e<img src=x onerror=alert(1)>\\u001b[2J\\u001b]0;x\\u0007=1+1|\`" + "z".repeat(1e5);
     export const anyRequireGrad = () => text + "\\ud800";
     export class SGD { constructor() { throw Object.assign(new Error(text), { name: text }); } zeroGrad() {} step() {} }
     export const trainingLoop = () => ({ [text]: 1, ["__proto__"]: 2, constructor: 3 });
     export class DeepNetwork extends Module { W = new Parameter(zeros([1]), text); constructor() { super(); throw text; } }`,
  ),
  inTp2(
    [
      "R98",
      "pollutes Object.prototype with what tests read of tensors and records",
      "ZERO",
      "Tests send their own, and read what they made",
    ],
    ["relu", "backward", "training-loop"],
    `const polluted = Object.assign(Object.prototype, { rules: [], inputs: [], requireGrad: true, tanh: true, clone: () => 0, gradient: array([0]), epoch: 1, trainLoss: 0.5, trainAccuracy: 0.5, devLoss: 0.5, devAccuracy: 0.5, op: "call", answers: [], t: "n", v: "NaN" });
     export const relu = () => polluted && {};
     export const backward = () => polluted;
     export const trainingLoop = (...args: any[]) => polluted && Array.from({ length: args[4].epochs }, () => ({}));`,
  ),
  inTp2(
    ["R99", "tensors and records that differ each time they are read", "ZERO", once],
    ["relu", "backward", "training-loop"],
    `let reads = 0;
     reads++;
     export const relu = (x: any) => ({ inputs: [x], get rules() { return reads++ % 2 ? [] : [(g: any) => g]; }, requireGrad: true, get data() { return reads++ % 2 ? x.data : maximum(x.data, 0); } });
     export const backward = (t: any) => Object.defineProperty(t, "gradient", { get: () => (reads++ % 2 ? undefined : array(reads)) });
     export const trainingLoop = (...args: any[]) => new Proxy([], { get: (_, key) => (key === "length" ? args[4].epochs : { get epoch() { return reads++; }, trainLoss: { valueOf: () => 1 }, trainAccuracy: 5n, devLoss: Symbol("0"), devAccuracy: new Number(1) }) });`,
    visibleOf("relu"), // what is right when it is read
  ),
  inTp2(
    [
      "R100",
      "visits every example, learns nothing, and writes that all went well",
      "ZERO",
      "Weights and measures are followed along the steps",
    ],
    ["training-loop"],
    loop(idleStep, perfect),
    visibleOf("training-loop"),
  ),
  inTp2(
    ["R101", "looks labels up instead of learning them", "ZERO", "Weights and measures are followed along the steps"],
    ["training-loop"],
    loop(
      `const gold = trainData.labels[i]; const honest = network.forward; network.forward = (x: any) => { const y = honest.call(network, x); y.data.set([gold], 50); return y; }; ${idleStep}`,
      "{ epoch, trainLoss: ndNll(network.forward(new Tensor(trainData.inputs.row(0))).data, trainData.labels[0]), trainAccuracy: 1, devLoss: 0, devAccuracy: 1 }",
    ),
    visibleOf("training-loop"),
  ),
  inTp2(
    [
      "R104",
      "has the test's own optimizer do the steps of its SGD",
      "ZERO",
      "A test's objects serve their own test alone",
    ],
    ["sgd", "training-loop"],
    `let theirs: any;
     export function trainingLoop(...args: any[]): any { theirs ??= args[1]; throw new Error("x"); }
     export class SGD { parameters: any; learningRate: any; constructor(p: any, rate: number) { this.parameters = p; this.learningRate = rate; }
       zeroGrad() { for (const p of this.parameters) p.gradient = undefined; }
       step() { if (theirs === undefined) return; try { theirs.parameters.length = 0; theirs.parameters.push(...this.parameters); theirs.learningRate = this.learningRate; } catch {} theirs.step(); } }`,
    visibleOf("sgd", "training-loop"),
  ),
  inTp2(
    ["R102", "a tensor of more memory than there is", "LIMIT", "The system's limit on memory"],
    ["affine"],
    "export const affine = () => new Tensor(zeros([20000, 20000]));",
    { onLinux: true },
  ),
  inTp2(
    ["R103", "a network of a million parameters", "LIMIT", "A frame holds 4 MB, an answer 12 levels"],
    ["deep-network"],
    "export class DeepNetwork extends Module { override parameters() { return new Array(1e6).fill(new Parameter(zeros([9]), 'W')); } forward(x: any) { return x; } }",
  ),
];
