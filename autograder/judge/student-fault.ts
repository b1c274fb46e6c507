// What a submission did instead of answering: it threw, ended, hung, filled the memory. One class, a closed list of kinds.

export type FaultKind =
  | "threw"
  | "ended"
  | "time-limit"
  | "memory-limit"
  | "output-limit"
  | "unreadable"
  | "missing"
  | "does-not-compile"
  | "ours";

/** Student-controlled text, unless the kind is `ours`: escaped wherever it is shown. */
export interface FaultDetail {
  readonly name: string;
  readonly message: string;
  /** Line of the student's program, from 1, when it can be told. */
  readonly line?: number;
}

export class StudentFault extends Error {
  readonly kind: FaultKind;
  readonly detail: FaultDetail | undefined;

  constructor(kind: FaultKind, detail?: FaultDetail) {
    super(detail === undefined ? kind : `${kind}: ${detail.name}: ${detail.message}`);
    this.name = "StudentFault";
    this.kind = kind;
    this.detail = detail;
  }
}
