// Files through Jupyter's contents API, on a real server and a real folder.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeCell, notebook, openServer, type TestServer } from "../fixtures/open-server.js";

/** As hands, Python and VS Code write them: no two keys of it are in our order. */
const written = `{
  "nbformat": 4, "nbformat_minor": 5,
  "metadata": {"language_info": {"version": "1.0", "name": "typescript"}, "mine": {"kept": 1.0}},
  "cells": [
    {"cell_type": "markdown", "id": "text", "source": "one string\\nof two lines", "metadata": {"tags": []}},
    {"cell_type": "code", "id": "code", "metadata": {"editable": false}, "execution_count": 3,
     "outputs": [{"output_type": "stream", "name": "stdout", "text": ["a\\n", "b"]},
                 {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "p", "image/png": "AAAA"}}],
     "source": ["let x = 1.0;\\n", "x"]}
  ]
}`;

/** What JupyterLab makes of it: joined texts, other keys first, the kernel's version, its own trust. */
const asPage = (change: (cells: Record<string, unknown>[]) => void = () => {}) => {
  const value = JSON.parse(written);
  const [text, code] = value.cells;
  code.source = code.source.join("");
  code.outputs[0].text = "a\nb";
  code.metadata = { trusted: true, ...code.metadata };
  const cells = [text, code];
  change(cells);
  const metadata = { mine: value.metadata.mine, language_info: { name: "typescript", version: "9.9", extra: 1 } };
  return { metadata, nbformat: 4, nbformat_minor: 5, cells };
};

let lab: TestServer;
/** What the next write fails with. */
let failure: string | undefined;
beforeAll(async () => {
  const { writeAtomically } = await import("../../../kernel/client/write-atomically.js");
  lab = await openServer(
    { "notebooks/tp1.ipynb": written },
    {
      write(path, content) {
        if (failure !== undefined) throw Object.assign(new Error("refused"), { code: failure });
        writeAtomically(path, content);
      },
    },
  );
});
afterAll(() => lab.close());

const path = (name: string) => join(lab.folder, name);
const put = (name: string, model: object) => lab.ask("PUT", `/api/contents/${name}`, model);
const get = (name: string) => lab.ask("GET", `/api/contents/${name}?content=1&hash=1`);
const save = (name: string, content: unknown, version: object = {}) =>
  put(name, { type: "notebook", format: "json", content, ...version });

describe("a notebook that is saved", () => {
  test("is read with its hash and its date", async () => {
    const { json } = await get("notebooks/tp1.ipynb");
    expect(json).toMatchObject({ name: "tp1.ipynb", path: "notebooks/tp1.ipynb", type: "notebook", format: "json" });
    // Lines are joined: JupyterLab would show those of a stream with commas between.
    const [text, code] = (json["content"] as { cells: { source: unknown; outputs: { text: unknown }[] }[] }).cells;
    expect([text!.source, code!.source]).toEqual(["one string\nof two lines", "let x = 1.0;\nx"]);
    expect(code!.outputs[0]!.text).toBe("a\nb");
    expect(json["hash"]).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(String(json["last_modified"]))).toBeGreaterThan(0);
  });

  test("without a change keeps every byte, and is not even written", async () => {
    const before = statSync(path("notebooks/tp1.ipynb")).mtimeMs;
    expect((await save("notebooks/tp1.ipynb", asPage())).status).toBe(200);
    expect(readFileSync(path("notebooks/tp1.ipynb"), "utf8")).toBe(written);
    expect(statSync(path("notebooks/tp1.ipynb")).mtimeMs).toBe(before);
  });

  test("as it was read keeps every byte", async () => {
    const { json } = await get("notebooks/tp1.ipynb");
    expect((await save("notebooks/tp1.ipynb", json["content"], { hash: json["hash"] })).status).toBe(200);
    expect(readFileSync(path("notebooks/tp1.ipynb"), "utf8")).toBe(written);
  });

  test("with one line changed differs in that line", async () => {
    await save(
      "notebooks/tp1.ipynb",
      asPage(([, code]) => Object.assign(code!, { source: "let x = 1.0;\nx + 1" })),
    );
    const lines = readFileSync(path("notebooks/tp1.ipynb"), "utf8").split("\n");
    const added = lines.filter((line) => !written.includes(line.trim().replace(/,$/, "")));
    expect(added.map((line) => line.trim())).toEqual(['"x + 1"']);
    writeFileSync(path("notebooks/tp1.ipynb"), written);
  });

  test("keeps the form of its texts, one string or lines; new ones are lines", async () => {
    await save(
      "notebooks/tp1.ipynb",
      asPage((cells) => {
        Object.assign(cells[0]!, { source: "changed\ntext" });
        cells.push({ cell_type: "code", id: "new", metadata: {}, source: "1\n2", outputs: [], execution_count: null });
      }),
    );
    const { cells } = JSON.parse(readFileSync(path("notebooks/tp1.ipynb"), "utf8"));
    expect(cells[0].source).toBe("changed\ntext");
    expect(cells[1].source).toEqual(["let x = 1.0;\n", "x"]);
    expect(cells[2].source).toEqual(["1\n", "2"]);
    writeFileSync(path("notebooks/tp1.ipynb"), written);
  });

  test("is valid: ids are there once, code cells have outputs, other cells have none", async () => {
    const odd = [
      { cell_type: "code", source: "1" },
      {
        cell_type: "code",
        id: "x",
        source: "2",
        metadata: {},
        outputs: [{ output_type: "stream", name: "stdout", text: "a" }],
      },
      { cell_type: "markdown", id: "x", source: "t", metadata: {}, outputs: [], execution_count: null },
      { cell_type: "raw", id: "é è", source: "", metadata: {} },
    ];
    expect(
      (await save("notebooks/odd.ipynb", { cells: odd, metadata: {}, nbformat: 4, nbformat_minor: 4 })).status,
    ).toBe(201);
    const { cells, nbformat_minor } = JSON.parse(readFileSync(path("notebooks/odd.ipynb"), "utf8"));
    expect(nbformat_minor).toBe(5);
    const ids = cells.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
    expect(cells[0]).toMatchObject({ metadata: {}, outputs: [], execution_count: null });
    expect(Object.keys(cells[2])).toEqual(["cell_type", "id", "metadata", "source"]);
  });

  test("keeps its rights", async () => {
    if (process.platform === "win32") return; // it has no such rights
    await save("notebooks/mode.ipynb", notebook());
    chmodSync(path("notebooks/mode.ipynb"), 0o640);
    await save("notebooks/mode.ipynb", notebook([codeCell("a", "1")]));
    expect(statSync(path("notebooks/mode.ipynb")).mode & 0o777).toBe(0o640);
  });
});

describe("a file that changed meanwhile", () => {
  test("is never overwritten: 409, in the student's language, with what is there now", async () => {
    const { hash, last_modified } = (await get("notebooks/tp1.ipynb")).json;
    writeFileSync(path("notebooks/tp1.ipynb"), written.replace("1.0;", "2.0;"));
    const reply = await save("notebooks/tp1.ipynb", asPage(), { hash, last_modified });
    expect(reply.status).toBe(409);
    expect(reply.json).toMatchObject({ reason: "changed-on-disk", path: "notebooks/tp1.ipynb" });
    expect(reply.json["message"]).toMatch(/a été modifié ailleurs/);
    expect(readFileSync(path("notebooks/tp1.ipynb"), "utf8")).toContain("2.0;");
    const { hash: now } = reply.json;
    expect((await save("notebooks/tp1.ipynb", asPage(), { hash: now })).status).toBe(200);
    writeFileSync(path("notebooks/tp1.ipynb"), written);
  });

  test("is one whose date alone changed only for who knows no hash", async () => {
    const { hash, last_modified } = (await get("notebooks/tp1.ipynb")).json;
    utimesSync(path("notebooks/tp1.ipynb"), new Date(), new Date(0));
    expect((await save("notebooks/tp1.ipynb", asPage(), { last_modified })).status).toBe(409);
    expect((await save("notebooks/tp1.ipynb", asPage(), { hash, last_modified })).status).toBe(200);
  });

  test("is one that was removed", async () => {
    await save("notebooks/gone.ipynb", notebook());
    const { hash } = (await get("notebooks/gone.ipynb")).json;
    await lab.ask("DELETE", "/api/contents/notebooks/gone.ipynb");
    expect((await save("notebooks/gone.ipynb", notebook(), { hash })).json).toMatchObject({ hash: null });
  });
});

describe("a notebook that cannot be read says where and what to do, and is left alone", () => {
  test.each([
    ["broken", '{\n "cells": [\n  {,\n ]\n}', { status: 400, line: 3, column: 4 }],
    ["cut", '{"cells": [', { status: 400, line: 1, column: 12 }],
    ["empty", "", { status: 400, line: 1, column: 1 }],
    ["other", '{"a": 1}', { status: 400 }],
    ["old", '{"nbformat": 3, "worksheets": []}', { status: 400 }],
  ])("%s", async (name, text, { status, ...details }) => {
    writeFileSync(path(`${name}.ipynb`), text);
    const reply = await get(`${name}.ipynb`);
    expect([reply.status, reply.json]).toEqual([
      status,
      expect.objectContaining({ ...details, message: expect.stringContaining(name) }),
    ]);
    expect((await save(`${name}.ipynb`, { cells: 1 })).status).toBe(400);
    expect(readFileSync(path(`${name}.ipynb`), "utf8")).toBe(text);
    expect((await lab.ask("GET", `/api/contents/${name}.ipynb?type=file&format=text`)).json["content"]).toBe(text);
  });
});

describe("what the disk refuses", () => {
  test.each([
    ["ENOSPC", 507, "disk-full", /disque est plein/],
    ["EDQUOT", 507, "disk-full", /disque est plein/],
    ["EROFS", 403, "read-only", /lecture seule/],
    ["EACCES", 403, "read-only", /lecture seule/],
    ["EIO", 500, "file", /EIO.*ancien fichier est intact/],
  ])("%s is told, and the old file is intact", async (code, status, reason, message) => {
    failure = code;
    const reply = await save("notebooks/tp1.ipynb", notebook());
    failure = undefined;
    expect([reply.status, reply.json["reason"]]).toEqual([status, reason]);
    expect(reply.json["message"]).toMatch(message);
    expect(readFileSync(path("notebooks/tp1.ipynb"), "utf8")).toBe(written);
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.warn("skipped: a read-only folder (root writes everywhere)");
  test.skipIf(isRoot || process.platform === "win32")(
    "a read-only folder, or file, is told and left alone",
    async () => {
      mkdirSync(path("locked"));
      writeFileSync(path("locked/a.ipynb"), written);
      chmodSync(path("locked"), 0o555);
      const inFolder = await save("locked/a.ipynb", notebook());
      chmodSync(path("locked"), 0o755);
      chmodSync(path("locked/a.ipynb"), 0o444);
      const onFile = await save("locked/a.ipynb", notebook());
      expect([inFolder.status, onFile.status]).toEqual([403, 403]);
      expect(readdirSync(path("locked"))).toEqual(["a.ipynb"]);
    },
  );

  test("a file of more than 50 MB is not read", async () => {
    writeFileSync(path("big.txt"), Buffer.alloc(51 * 1024 * 1024));
    expect((await get("big.txt")).status).toBe(413);
  });
});

describe("other files", () => {
  test("text and bytes are written and read back", async () => {
    await put("a.txt", { type: "file", format: "text", content: "é\r\n" });
    await put("a.bin", { type: "file", format: "base64", content: "/wA=" });
    expect((await get("a.txt")).json).toMatchObject({ format: "text", content: "é\r\n" });
    expect((await get("a.bin")).json).toMatchObject({ format: "base64", content: "/wA=" });
  });

  test("are made under a free name, copied, renamed, and removed; nothing takes the place of another", async () => {
    const made = await lab.ask("POST", "/api/contents/notebooks", { type: "notebook" });
    const again = await lab.ask("POST", "/api/contents/notebooks", { type: "notebook" });
    expect([made.json["path"], again.json["path"]]).toEqual([
      "notebooks/Sans titre.ipynb",
      "notebooks/Sans titre 2.ipynb",
    ]);
    expect((await get("notebooks/Sans%20titre.ipynb")).json["content"]).toMatchObject({ nbformat: 4, cells: [] });
    const copy = await lab.ask("POST", "/api/contents/", { copy_from: "notebooks/tp1.ipynb" });
    expect(copy.json["path"]).toBe("tp1.ipynb");
    expect(readFileSync(path("tp1.ipynb"), "utf8")).toBe(written);
    const rename = (to: string) => lab.ask("PATCH", "/api/contents/tp1.ipynb", { path: to });
    expect((await rename("notebooks/tp1.ipynb")).status).toBe(409);
    expect((await rename("../x.ipynb")).status).toBe(403);
    expect((await rename("à moi.ipynb")).json["path"]).toBe("à moi.ipynb");
    const inCapitals = await lab.ask("PATCH", "/api/contents/%C3%A0%20moi.ipynb", { path: "À Moi.ipynb" });
    expect(inCapitals.json["path"]).toBe("À Moi.ipynb");
    expect(readdirSync(path("."))).toContain("À Moi.ipynb");
    expect((await lab.ask("DELETE", "/api/contents/%C3%80%20Moi.ipynb")).status).toBe(204);
    expect((await lab.ask("DELETE", "/api/contents/notebooks")).json["reason"]).toBe("not-empty");
    expect((await lab.ask("GET", "/api/contents/%C3%A0%20moi.ipynb")).status).toBe(404);
  });

  test("go back to their checkpoint, which git does not see", async () => {
    await put("c.txt", { type: "file", format: "text", content: "before" });
    expect((await lab.ask("GET", "/api/contents/c.txt/checkpoints")).json).toEqual([]);
    expect((await lab.ask("POST", "/api/contents/c.txt/checkpoints")).status).toBe(201);
    await put("c.txt", { type: "file", format: "text", content: "after" });
    expect((await lab.ask("POST", "/api/contents/c.txt/checkpoints/checkpoint")).status).toBe(204);
    expect(readFileSync(path("c.txt"), "utf8")).toBe("before");
    expect(readFileSync(path(".retroprop/.gitignore"), "utf8")).toBe("*\n");
  });
});
