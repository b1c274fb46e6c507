import { expect, test } from "vitest";
import { NotebookError, parseNotebook, serializeNotebook } from "./notebook.js";

const code = { cell_type: "code", id: "a", metadata: {}, source: ["1 +\n", "1"], outputs: [], execution_count: null };
const file = (fields: object = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [code], ...fields });

test("joins the lines of a source, and writes them as lines again", () => {
  const notebook = parseNotebook(file(), "x.ipynb");
  expect(notebook.cells[0]?.source).toBe("1 +\n1");
  expect(JSON.parse(serializeNotebook(notebook)).cells[0].source).toEqual(["1 +\n", "1"]);
});

test("writes sorted keys, an indent of one and a last newline, whatever the order of the keys", () => {
  const forwards = serializeNotebook(parseNotebook(file({ metadata: { b: { d: 1, c: 2 }, a: [] } }), "x.ipynb"));
  const backwards = serializeNotebook(parseNotebook(file({ metadata: { a: [], b: { c: 2, d: 1 } } }), "x.ipynb"));
  expect(forwards).toBe(backwards);
  expect(forwards).toMatch(/^\{\n "cells": \[\n {2}\{\n {3}"cell_type": "code",\n {3}"execution_count": null,\n/);
  expect(forwards.endsWith('"nbformat": 4,\n "nbformat_minor": 5\n}\n')).toBe(true);
});

test("reading what was written changes nothing, text outputs as lines and JSON outputs whole", () => {
  const outputs = [
    { output_type: "stream", name: "stdout", text: ["a\n", "b"] },
    {
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": "p", "image/png": "AAAA", "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }] } },
    },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
  ];
  const notebook = parseNotebook(file({ cells: [{ ...code, outputs }] }), "x.ipynb");
  const written = serializeNotebook(notebook);
  expect(parseNotebook(written, "x.ipynb")).toEqual(notebook);
  expect(JSON.parse(written).cells[0].outputs[1].data).toEqual({
    "text/plain": ["p"],
    "image/png": "AAAA",
    "application/vnd.plotly.v1+json": { data: [{ y: [1, 2] }] },
  });
});

test("gives the cells of an older notebook ids of their own, and becomes format 4.5", () => {
  const { id: _, ...old } = code;
  const notebook = parseNotebook(file({ nbformat_minor: 2, cells: [old, { ...code, id: "cell-1" }, old] }), "x.ipynb");
  expect(notebook.cells.map(({ id }) => id)).toEqual(["cell-1-", "cell-1", "cell-3"]);
  expect(notebook.nbformat_minor).toBe(5);
});

test.each([
  ["an empty file", "", "x.ipynb: the file is empty"],
  ["a truncated file", file().slice(0, 60), "x.ipynb: the file is cut short (its JSON stops at line 1, character 61)"],
  ["invalid JSON", '{\n "cells": oops\n}', "x.ipynb: not valid JSON at line 2, character 11"],
  ["other JSON", "[1]", "x.ipynb: JSON, but not a notebook (no `nbformat`)"],
  [
    "format 3",
    '{"nbformat": 3, "worksheets": []}',
    "x.ipynb: a notebook of format 3; open and save it in Jupyter 4 or later",
  ],
  ["a format to come", '{"nbformat": 5, "cells": []}', "x.ipynb: a notebook of format 5"],
  ["no list of cells", '{"nbformat": 4, "nbformat_minor": 5}', "x.ipynb: a notebook without a list of `cells`"],
  ["no cell", file({ cells: [] }), "x.ipynb: there is no code cell to run"],
  ["a bad cell", file({ cells: [code, { ...code, source: 3 }] }), "x.ipynb: not a valid notebook: cell 2, `source`"],
])("refuses %s in one line that names the file", (_, content, message) => {
  let error: unknown;
  try {
    parseNotebook(content, "x.ipynb");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(NotebookError);
  expect((error as Error).message).toContain(message);
  expect((error as Error).message).not.toContain("\n");
});
