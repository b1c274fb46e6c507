// What a kernel must do, as data: cells in, outputs out. `cases.ts` has them all, `compare.ts` tells the difference.

export interface Case {
  /** A sentence about behaviour, and the test's name. */
  readonly name: string;
  /** Written before the first cell: path from the notebook's folder → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly cells: readonly CellCase[];
  /** Why the stock tslab does not do so. It must then fail: one that passes is a fault of this list. */
  readonly tslab?: string;
  /** Why it cannot be run by nbconvert, which neither interrupts nor changes files in between anyway. */
  readonly notUnderNbconvert?: string;
  /** Nothing may follow it in the same kernel. */
  readonly isLast?: boolean;
}

export interface CellCase {
  readonly code: string;
  /** Written before this cell. */
  readonly files?: Readonly<Record<string, string>>;
  /** Interrupted so long after its first output; it must end soon after. */
  readonly interruptAfterMs?: number;
  /** What its questions are answered. */
  readonly answers?: readonly string[];
  /** Its outputs, in order, or how the kernel dies of it. Nothing unless told. */
  readonly expected?: readonly ExpectedOutput[] | Death;
}

/** A string is the whole text; a RegExp is found in it. */
export type ExpectedText = string | RegExp;

export type ExpectedOutput =
  | { readonly stdout: ExpectedText }
  | { readonly stderr: ExpectedText }
  /** The value of the last expression, by its MIME types; others may stand beside them. */
  | { readonly result: ExpectedBundle }
  | { readonly display: ExpectedBundle }
  /** `traceback` must hold these; `<count>` stands for the cell's execution count. */
  | { readonly error: ExpectedText; readonly message: ExpectedText; readonly traceback?: readonly string[] };

export type ExpectedBundle = Readonly<Record<string, ExpectedText>>;

/** What is said of the death, on the cell's error where the kernel could still say it, else by the client. */
export interface Death {
  readonly death: RegExp;
}
