// What the judge and the harness say to each other: frames of a 4-byte big-endian length and that many bytes of JSON,
// on descriptor 3. The harness answers with values, never with verdicts.

/** A value on the wire. Plain JSON where JSON is exact; everything else is tagged by a one-letter `t`. */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | { readonly t: "u" } // undefined
  | { readonly t: "n"; readonly v: "NaN" | "Infinity" | "-Infinity" | "-0" }
  | WireArray
  | { readonly t: "l"; readonly items: readonly WireValue[] }
  | { readonly t: "o"; readonly entries: readonly (readonly [string, WireValue])[] }
  | { readonly t: "f"; readonly name: string } // a function: only its name travels
  | { readonly t: "x"; readonly what: string }; // anything else: a Map, a symbol, a bigint …

/** `bare` marks a Float32Array or Float64Array that is no NdArray. */
export interface WireArray {
  readonly t: "a";
  readonly dtype: WireDType;
  readonly shape: readonly number[];
  /** Base64, little-endian. */
  readonly data: string;
  readonly bare?: true;
}

/** NdArrays travel as float32 or float64; a bare typed array keeps its own kind. */
export type WireDType = "float32" | "float64" | "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32";

/**
 * First request: loads `program`, JavaScript that may import "retroprop" and nothing else. Answered by {@link Loaded}. Sent
 * again, it loads another program of the same submission, which is asked from then on.
 */
export interface Load {
  readonly op: "load";
  readonly program: string;
}

/** Several calls travel together: waking a process takes longer than most of them. They are made one after the other. */
export type Request =
  /** Calls an exported function of the submission on each list of arguments; these come back as they are after the call. */
  | {
      readonly id: string;
      readonly op: "call";
      readonly name: string;
      readonly argLists: readonly (readonly WireValue[])[];
    }
  /** Runs `code`, a function `({ tp, lib }, inputs) => value` as an expression, inside the sandbox, on each of the inputs. */
  | { readonly id: string; readonly op: "evaluate"; readonly code: string; readonly inputs: readonly WireValue[] };

export interface Reply {
  readonly id: string;
  /** Of the calls in their order, up to the first that failed. */
  readonly answers: readonly WireAnswer[];
  /** Why there are fewer answers than calls. */
  readonly failed?: WireError;
  /** It answered, but with more than a frame holds. */
  readonly tooLarge?: true;
}

export interface WireAnswer {
  readonly value: WireValue;
  /** Of an evaluation none. */
  readonly args: readonly WireValue[];
}

/** What the submission threw. Student-controlled text: cut, and escaped wherever it is shown. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  /** Where in the loaded program, from 1, when it can be told. */
  readonly line?: number;
  readonly column?: number;
}

/** Sent once, BEFORE student code is loaded: without it the fault is ours. */
export interface Ready {
  readonly ready: true;
  readonly node: string;
}

/** Sent after loading: the exported names, or why the program stops, if it `runs` at all. */
export type Loaded = { readonly loaded: readonly string[] } | { readonly failed: WireError; readonly runs: boolean };

export const maxFrameBytes = 4 * 1024 * 1024;
export const maxDepth = 12;
