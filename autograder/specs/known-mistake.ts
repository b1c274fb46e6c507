// A submission with one mistake: which exercise it is in, and the name it must be given.

export interface KnownMistake {
  /** `mistakes/<file>.ts` */
  readonly file: string;
  readonly exercise: string;
  readonly named: string;
  /** What else is rightly said of it. */
  readonly also?: readonly string[];
}
