// What a canary is asked to try, and where: the judge's own files, process and port, so that nothing real is harmed.

export interface Targets {
  /** A file outside the job. */
  readonly secretFile: string;
  /** A folder outside the job. */
  readonly folder: string;
  /** Where the judge listens on this machine. */
  readonly port: number;
  readonly judge: number;
  /** What to send it: nothing that harms. */
  readonly signal: "SIGURG" | 0;
  /** How much memory to ask for. */
  readonly megabytes: number;
}

export type Act = "read" | "environment" | "spawn" | "network" | "signal" | "memory" | "loop" | "write";

/** In one process each, or together, since only the last two end theirs. */
export const quickActs: readonly Act[] = ["read", "environment", "spawn", "network", "signal", "write"];

export interface Order {
  readonly acts: readonly Act[];
  readonly targets: Targets;
}

/** `done` is what it got away with: empty when it was refused everything. */
export interface Tried {
  readonly act: Act;
  readonly done: readonly string[];
  readonly refusal: string;
}
