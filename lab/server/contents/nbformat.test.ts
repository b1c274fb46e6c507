// What is saved, judged by Jupyter's own library, where Python has it; and the course's own notebook saved unchanged.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeCell, openServer, type TestServer } from "../fixtures/open-server.js";

const written = readFileSync("notebooks/tp1.ipynb", "utf8");
let lab: TestServer;
beforeAll(async () => {
  lab = await openServer({ "tp1.ipynb": written });
});
afterAll(() => lab.close());

interface PageCell {
  source: string | string[];
  outputs?: object[];
}
/** The notebook as a page holds it, its sources joined. */
function asPage(): { cells: PageCell[] } {
  const notebook = JSON.parse(written) as { cells: PageCell[] };
  for (const cell of notebook.cells) if (Array.isArray(cell.source)) cell.source = cell.source.join("");
  return notebook;
}
const save = (content: object) =>
  lab.ask("PUT", "/api/contents/tp1.ipynb", { type: "notebook", format: "json", content });

test.each(["notebooks/tp1.ipynb", "solutions/tp1.ipynb"])(
  "%s, saved as a page has read it, keeps every byte",
  async (file) => {
    const text = readFileSync(file, "utf8");
    writeFileSync(join(lab.folder, "read.ipynb"), text);
    const { json } = await lab.ask("GET", "/api/contents/read.ipynb?content=1");
    const { content, hash } = json;
    const model = { type: "notebook", format: "json", content, hash };
    expect((await lab.ask("PUT", "/api/contents/read.ipynb", model)).status).toBe(200);
    expect(readFileSync(join(lab.folder, "read.ipynb"), "utf8")).toBe(text);
  },
);

const python = process.platform === "linux" ? "/usr/bin/python3" : "python3";
const hasNbformat = spawnSync(python, ["-c", "import nbformat"]).status === 0;
if (!hasNbformat) console.warn(`skipped: nbformat reads what is saved (apt-get install python3-nbformat; ${python})`);

test.skipIf(!hasNbformat)(
  "with outputs of every kind and cells of no id it is valid, as nbformat reads it",
  { timeout: 120_000 },
  async () => {
    const notebook = asPage();
    const code = notebook.cells.find(({ outputs }) => outputs !== undefined)!;
    const data = {
      "text/plain": "a\nb",
      "application/vnd.plotly.v1+json": { data: [], layout: {} },
      "image/png": "AAAA",
    };
    code.outputs = [
      { output_type: "stream", name: "stdout", text: "a\nb\n" },
      { output_type: "display_data", data, metadata: {}, transient: { display_id: "d" } },
      { output_type: "execute_result", data, metadata: {}, execution_count: 1 },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
    ];
    const { id: _, ...anonymous } = codeCell("", "1 + 1") as Record<string, unknown>;
    const cells = [...notebook.cells, anonymous, { cell_type: "raw", source: "r" }];
    expect((await save({ ...notebook, cells, nbformat_minor: 4 })).status).toBe(200);
    const script =
      "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))";
    const { status, stderr } = spawnSync(python, ["-W", "error", "-c", script, join(lab.folder, "tp1.ipynb")], {
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual(["", 0]);
  },
);
