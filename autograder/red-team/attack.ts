// What an attack is: data. A submission, what it tries, what must come of it, and what holds it.
import type { Layer } from "../sandbox/sandbox.js";

/**
 * ZERO: no point for what it cannot answer. LIMIT: a limit's verdict. REJECT: refused at intake. FLAG: staff are told.
 * NEUTRAL: harmless, the right code keeps all its points.
 */
export type Expected = "ZERO" | "LIMIT" | "REJECT" | "FLAG" | "NEUTRAL";

export interface Attack {
  /** Of the design's table, or `R` and a number of our own. */
  readonly id: string;
  readonly tries: string;
  readonly expected: Expected;
  readonly heldBy: string;
  /** What lies in the student's folder, by name. `@PORT@` is a port that the judge watches. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** TP1 unless told. */
  readonly tp?: "tp2";
  /** Short names of the exercises that are graded; softmax unless told. */
  readonly exercises?: readonly string[];
  /** What it earns where that is neither nothing nor everything, by exercise. */
  readonly earns?: Readonly<Record<string, "nothing" | "everything" | "visible points at most">>;
  /** Found in what its student reads. */
  readonly says?: RegExp;
  /** A wall of these layers only: weaker ones do not hold it. */
  readonly needs?: Layer;
  /** A limit that only Linux keeps. */
  readonly onLinux?: true;
  /** For each call, where what is tried never ends, or needs its time. */
  readonly callLimitMs?: number;
}

type Brief = Omit<Attack, "files">;

/** `file` is the whole of `tp1.ts`. */
export const whole = (brief: Brief, file: string): Attack => ({ ...brief, files: { "tp1.ts": file } });

/** A softmax with this body, after `before`. Intake keeps only what softmax mentions: name there what must run. */
export const inSoftmax = (brief: Brief, body: string, before = ""): Attack => whole(brief, softmaxWith(body, before));

export const softmaxWith = (body: string, before = ""): string =>
  `import { array, exp, max, NdArray, sum, zeros } from "retroprop";
${before}
export function softmax(x: any): any {
${body}
}
`;

/** The body of a right softmax. */
export const right = `const e = exp(x.sub(max(x, { axis: -1, keepDims: true })));
return e.div(sum(e, { axis: -1, keepDims: true }));`;

/** Every way to one of Node's modules that anybody has found. */
export const anyModule = `const reach = (name: string): any => {
  const g = globalThis as any, p = process as any;
  for (const way of [
    () => p.getBuiltinModule(name), () => p.mainModule.require(name), () => g.require(name), () => p.binding(name),
    () => p._linkedBinding(name), () => g.module.constructor._load(name), () => Function("return require")()(name),
    () => p.constructor.constructor("return require")()(name), () => g.process.moduleLoadList.require(name),
  ]) try { const found = way(); if (found) return found; } catch {}
};`;

/** Something with a descriptor of one's own choice: standard output is a socket, and has a class. */
export const anySocket = `const Socket = (process.stdout as any).constructor;
const frame = (value: unknown) => {
  const body = Buffer.from(JSON.stringify(value)), header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
};`;
