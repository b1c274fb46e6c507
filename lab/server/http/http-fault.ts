// What a request cannot have: thrown anywhere below a route, answered as JSON or as a short page.

/** `message` is for the student: what happened and what to do, in their language. */
export class HttpFault extends Error {
  override readonly name = "HttpFault";
  readonly status: number;
  /** One word that a program can act on. */
  readonly reason: string;
  /** More fields of the answer. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, reason: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.details = details;
  }
}
