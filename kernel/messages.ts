// What a kernel says while a cell runs, in Jupyter's own words: shared by who says it and who hears it.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel

/** One output by several names: MIME type → representation. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export type OutputMessage =
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly type: "display_data";
      readonly displayId?: string;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
    }
  | {
      readonly type: "update_display_data";
      readonly displayId: string;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
    }
  | { readonly type: "execute_result"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | CellError
  | { readonly type: "clear_output"; readonly wait: boolean };

/** Why a cell failed. `traceback` is what a front end shows, line by line; it names the cell and its line. */
export interface CellError {
  readonly type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}
