import type { INotebookContent } from "@jupyterlab/nbformat";
import type { Notebook } from "@jupyterlab/notebook";
import { expect, test } from "vitest";
import { snapshot } from "./snapshot.js";

const content = (metadata: object): INotebookContent => ({
  cells: [{ cell_type: "code", id: "a", source: "1", metadata: { ...metadata }, outputs: [], execution_count: null }],
  metadata: { retroprop: { tp: "tp1" } },
  nbformat: 4,
  nbformat_minor: 5,
});

const open = (saved: INotebookContent) => ({ model: { toJSON: () => saved } }) as unknown as Notebook;

test("trust, which is this page's alone, does not go to the file; everything else does", () => {
  expect(snapshot(open(content({ trusted: true, tags: ["x"] })))).toEqual(content({ tags: ["x"] }));
});

test("what is on the page keeps its trust", () => {
  const saved = content({ trusted: true });
  snapshot(open(saved));
  expect(saved).toEqual(content({ trusted: true }));
});
