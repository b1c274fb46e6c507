// Markdown with mathematics for what stands outside the cells: hints, documentation. Always sanitised.
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { typesetter } from "./mathematics.js";

/** The richest of what is in `data`; JupyterLab itself would typeset only what is on the page already. */
export async function renderDetached(
  rendermime: IRenderMimeRegistry,
  data: Record<string, string>,
): Promise<HTMLElement> {
  const renderer = rendermime.createRenderer("text/markdown" in data ? "text/markdown" : "text/plain");
  await renderer.renderModel(rendermime.createModel({ data, trusted: false }));
  await typesetter.typeset(renderer.node);
  return renderer.node;
}
