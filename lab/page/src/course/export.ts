// « Exporter »: the notebook as it is now, as a file to hand in; asks nothing.
import type { INotebookContent } from "@jupyterlab/nbformat";
import { element } from "../interface/dom.js";

/** The name of the file. */
export function download(content: INotebookContent, path: string): string {
  const name = path.split("/").at(-1) ?? path;
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/x-ipynb+json" }),
  );
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return name;
}
