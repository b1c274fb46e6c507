// What an archive holds, one entry at a time, whichever kind of archive it is.

export interface ArchiveEntry {
  /** As it stands in the archive: anything. */
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "device";
  /** Why its content cannot be had, in French. */
  readonly locked?: string;
  /** Its content, to be read before the next entry is asked for, or not at all. */
  chunks(): AsyncIterable<Uint8Array>;
}

export type ArchiveSource = { readonly path: string } | { readonly bytes: Uint8Array };
