// Attempts never to end, or to take what others need: time, memory, output, processes, files.
import { type Attack, anyModule, inSoftmax, right, softmaxWith, whole } from "../attack.js";

const clock = "The judge kills what does not answer in time";
const memory = "V8's heap limit, and the system's for all other memory";
const noModules = "No modules of Node, Node's permission flag, the filter of system calls";

const slow = (id: string, tries: string, heldBy: string, body: string, callLimitMs = 400): Attack =>
  inSoftmax({ id, tries, expected: "LIMIT", heldBy, callLimitMs }, body);

const nll =
  "export function nll(x: any, gold: number): number { const m = max(x); return m - x.at(gold) + log(sum(exp(x.sub(m)))); }";
const withNll = (body: string, before = "") =>
  `import { log } from "retroprop";\n${softmaxWith(body, before)}\n${nll}\n`;

/** The system limits memory beside the heap there, and nowhere else in every layer. */
const onlyOnLinux = (attack: Attack): Attack => ({ ...attack, onLinux: true });

export const limits: readonly Attack[] = [
  slow(
    "A73",
    "takes all threads and all the processor's time its user may have",
    "A user for each process: what one takes starves nobody; times are wide",
    "const w = (globalThis as any).WebAssembly; for (;;) void w.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));",
  ),
  slow("A23", "a promise that is never settled", clock, "return new Promise(() => {});"),
  slow("A25", "an endless loop", clock, "for (;;);"),
  slow(
    "A26",
    "a storm of microtasks",
    clock,
    "const again = (): any => Promise.resolve().then(again); return again();",
  ),
  slow(
    "R50",
    "a storm of timers",
    clock,
    "setInterval(() => { for (let i = 0; i < 1e6; i++); }, 0); return new Promise(() => {});",
  ),
  slow("A27", "a regular expression that goes back for ever", clock, "return /^(a+)+$/.test('a'.repeat(40) + 'b');"),
  slow("R51", "an integer with a thousand million digits", clock, "return String(7n ** (10n ** 8n));"),
  slow(
    "R52",
    "sleeps for ever without using its processor",
    clock,
    "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  ),
  slow("A28", "a heap without end", memory, "const held: object[] = []; for (;;) held.push({ held: [] });", 6_000),
  onlyOnLinux(
    slow(
      "A29",
      "typed arrays without end",
      memory,
      "const held = []; for (;;) held.push(new Float32Array(4 << 20).fill(1));",
      6_000,
    ),
  ),
  onlyOnLinux(
    slow(
      "R53",
      "memory of WebAssembly without end",
      memory,
      "const held = []; try { for (;;) held.push(new (globalThis as any).WebAssembly.Memory({ initial: 800, maximum: 800 })); } catch { throw new RangeError('Array buffer allocation failed'); }",
      6_000,
    ),
  ),
  inSoftmax(
    { id: "A46", tries: "prints 30 MB", expected: "NEUTRAL", heldBy: "All of it is read, 64 KB are kept" },
    `if (printed++ === 0) process.stdout.write("x".repeat(3e7)); ${right}`,
    "let printed = 0;\nprinted++;\nprinted--;",
  ),
  slow(
    "R54",
    "prints without end",
    "Killed beyond 64 MB",
    "return (async () => { for (;;) await new Promise((done) => process.stdout.write('x'.repeat(1e6), done as any)); })();",
    8_000,
  ),
  inSoftmax(
    { id: "A30", tries: "starts processes without end", expected: "ZERO", heldBy: noModules },
    `for (let i = 0; i < 200; i++) try { reach("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { detached: true }); } catch {}
     for (let i = 0; i < 200; i++) try { reach("spawn_sync").spawn({ file: "/node", args: [] }); } catch {} return x;`,
    anyModule,
  ),
  inSoftmax(
    { id: "A31", tries: "starts threads without end", expected: "ZERO", heldBy: `${noModules}; 64 threads for a user` },
    `for (let i = 0; i < 200; i++) try { new (reach("worker_threads").Worker)("for (;;);", { eval: true }); } catch {} return x;`,
    anyModule,
  ),
  inSoftmax(
    { id: "A32", tries: "fills the disk", expected: "ZERO", heldBy: `${noModules}; a root that is read-only` },
    `for (const d of [".", "/tmp", "/dev/shm", "/dev", "/job"]) try { reach("fs").appendFileSync(d + "/full", "x".repeat(1e6)); } catch {} return x;`,
    anyModule,
  ),
  inSoftmax(
    { id: "A33", tries: "opens files without end", expected: "ZERO", heldBy: `${noModules}; 128 descriptors` },
    `const held = []; for (let i = 0; i < 200; i++) try { held.push(reach("fs").openSync("/job/program.cjs")); held.push(new Socket({ fd: 4 + i })); } catch {} return x;`,
    `${anyModule}\nconst Socket = (process.stdout as any).constructor;`,
  ),
  whole(
    {
      ...{ id: "R55", tries: "dies of memory in one exercise: the next one keeps its mark", expected: "LIMIT" },
      heldBy: "A fresh process; deaths are counted for each exercise, and no clock is shared",
      exercises: ["softmax", "nll"],
      earns: { softmax: "nothing", nll: "everything" },
      callLimitMs: 6_000,
    },
    withNll("const held: object[] = []; for (;;) held.push({ held: [] });"),
  ),
  whole(
    {
      ...{ id: "R56", tries: "loops for ever in one exercise: the next one keeps its mark", expected: "LIMIT" },
      heldBy: "A fresh process; deaths are counted for each exercise",
      exercises: ["softmax", "nll"],
      earns: { softmax: "nothing", nll: "everything" },
      callLimitMs: 400,
    },
    withNll("for (;;);"),
  ),
  whole(
    {
      ...{ id: "A70", tries: "throws at the end of the file, its functions being right", expected: "NEUTRAL" },
      heldBy: "Nothing of the top level runs but what exercises need",
    },
    `${softmaxWith(right)}\nthrow 1;\n`,
  ),
  inSoftmax(
    {
      id: "A44",
      tries: "leaves something for the next student",
      expected: "NEUTRAL",
      heldBy: "One process for each submission, nothing shared that can be written",
    },
    `(globalThis as any).poison = true; (NdArray.prototype as any).poison = true; process.title = "poisoned"; try { process.chdir("/"); process.umask(0); } catch {} ${right}`,
  ),
  inSoftmax(
    {
      id: "A43",
      tries: "goes on after its answer, for ever",
      expected: "NEUTRAL",
      heldBy: "The process dies with the submission, its user is swept",
    },
    `process.on("SIGTERM", () => {}); process.on("SIGINT", () => {}); process.on("beforeExit", () => { for (;;); }); setInterval(() => {}, 1); ${right}`,
  ),
];
