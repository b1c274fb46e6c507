// A sandbox runs one program, as often as asked, where it can do no harm: the same three verbs whatever the layer.
import type { Readable, Writable } from "node:stream";
import type { ProcessorUse } from "./processor-use.js";

/** L0 a plain child, never for marks; L1 Node's permission flag; L2 own user, chroot, seccomp; L3 bubblewrap, seccomp. */
export type Layer = "L0" | "L1" | "L2" | "L3";

/** Weakest first. */
export const layers: readonly Layer[] = ["L0", "L1", "L2", "L3"];

export const isAtLeast = (layer: Layer, required: Layer): boolean => layers.indexOf(layer) >= layers.indexOf(required);

export interface Limits {
  /** JavaScript objects. */
  readonly heapMb: number;
  /** All memory of the process, typed arrays too. Not held on Windows, nor under L1 on macOS. */
  readonly dataMb: number;
  readonly cpuSeconds: number;
  /** What it may print before it is killed; the first 64 KB are kept. */
  readonly outputBytes: number;
}

export const usualLimits: Limits = { heapMb: 256, dataMb: 800, cpuSeconds: 40, outputBytes: 64 * 2 ** 20 };

export interface Sandbox {
  readonly layer: Layer;
  /** Starts a fresh process, under a user that no other has where the layer gives one. A slot is a worker number from 0. */
  run(limits: Limits, slot: number): Promise<SandboxProcess>;
  /** Ends what still runs and removes what is left of this sandbox. */
  close(): Promise<void>;
}

/** The program, running; it talks on its descriptor 3. */
export interface SandboxProcess {
  readonly requests: Writable;
  readonly replies: Readable;
  /** How it ended, once it has and its replies are read. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** What it has had of a processor; undefined where the system does not tell. */
  processorUse?(): ProcessorUse | undefined;
  /** Kills it and everything it started. Safe to call twice. */
  kill(): Promise<void>;
}

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** First 64 KB of what it printed, for staff only. */
  readonly output: string;
  readonly outputExceeded: boolean;
  readonly memoryExceeded: boolean;
  readonly cpuExceeded: boolean;
  /** It was killed by a fault of ours: nobody knows how it would have ended. */
  readonly isLost?: true;
}

/** One hostile act tried inside the layer, and what was observed. */
export interface Canary {
  readonly name: "read" | "environment" | "spawn" | "network" | "signal" | "memory" | "loop" | "write";
  readonly held: boolean;
  readonly observed: string;
}
