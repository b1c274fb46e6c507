// A file of the staff that cannot be used as it is: roster, adjustments, worksheet, saved marks. Says which line and what to write.

export class PracticeError extends Error {
  override readonly name = "PracticeError";
}

/** Something that staff must look at; nothing was decided for them. Holds names as students wrote them: show as text. */
export interface Issue {
  readonly kind:
    | "unknown-submitter"
    | "several-people"
    | "several-submissions"
    | "several-teams"
    | "bad-team"
    | "read-as"
    | "absent-but-handed-in"
    | "stale-adjustment"
    | "useless-adjustment"
    | "hand-in-time"
    | "worksheet";
  readonly text: string;
}
