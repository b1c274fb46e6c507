import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkMimeType } from "../../course-notebook.js";
import { codeCell, notebook, openServer, type TestServer } from "../fixtures/open-server.js";

const check = (exercise: string, passed?: number) => {
  const summary = { exercise, name: "f", passed, tests: 3 };
  const outputs = passed === undefined ? [] : [{ output_type: "execute_result", data: { [checkMimeType]: summary } }];
  return { ...codeCell(exercise, "", outputs), metadata: { retroprop: { kind: "check", exercise } } };
};
const tp = {
  edition: "student",
  tp: "tp1",
  title: "TP1. Un <b>titre</b>",
  names: [],
  exercises: [
    { id: "tp1.a", name: "a", title: "Le A", points: 2 },
    { id: "tp1.b", name: "b", title: "Le B", points: 3.5 },
    { id: "tp1.c", name: "c", title: "Le C", points: 1 },
  ],
};

let lab: TestServer;
beforeAll(async () => {
  lab = await openServer({
    "notebooks/tp1.ipynb": notebook([check("tp1.a", 3), check("tp1.b", 2), check("tp1.c")], { retroprop: tp }),
    "notebooks/tp2.ipynb": notebook([
      { cell_type: "markdown", id: "t", metadata: {}, source: ["# Sans métadonnées\n", "texte"] },
      { ...codeCell("x", ""), metadata: { retroprop: { kind: "exercise", exercise: "tp2.x", points: 4 } } },
    ]),
    "solutions/tp1.ipynb": notebook([], { retroprop: { ...tp, edition: "solution" } }),
    "mes essais/é & è.ipynb": notebook(),
    "broken.ipynb": "{",
    ".hidden/no.ipynb": notebook(),
    "node_modules/no.ipynb": notebook(),
  });
});
afterAll(() => lab.close());

const home = async (headers: Record<string, string> = {}, query = "") =>
  (await lab.ask("GET", `/${query}`, undefined, headers)).text;

describe("the home page", () => {
  test("shows how far one is: exercises done and to redo, points, by the saved checks", async () => {
    const page = await home();
    expect(page).toContain("1 exercice réussi sur 3");
    expect(page).toContain("2 points sur 6,5");
    expect(page).toContain("1 à revoir");
    const states = [...page.matchAll(/<li class="(\w+) w\d" title="([^"]+)"/g)].map(([, state, label]) => [
      state,
      label,
    ]);
    expect(states.slice(0, 3)).toEqual([
      ["passing", "Le A\u00a0: réussi"],
      ["failing", "Le B\u00a0: à revoir"],
      ["todo", "Le C\u00a0: à faire"],
    ]);
    expect(page).toContain("0 exercice réussi sur 1"); // of an edition that lists them in its cells alone
  });

  test("is read again when a notebook has changed", async () => {
    const changed = notebook([check("tp1.a", 3), check("tp1.b", 3), check("tp1.c")], { retroprop: tp });
    writeFileSync(join(lab.folder, "notebooks/tp1.ipynb"), JSON.stringify(changed));
    expect(await home()).toContain("2 exercices réussis sur 3");
  });

  test("lists the other notebooks, broken ones too, and nothing that is hidden", async () => {
    const page = await home();
    const links = [...page.matchAll(/href="(\/notebooks\/[^"]+)"/g)].map(([, href]) => href);
    expect(links).toEqual([
      "/notebooks/notebooks/tp1.ipynb",
      "/notebooks/notebooks/tp2.ipynb",
      "/notebooks/solutions/tp1.ipynb",
      "/notebooks/broken.ipynb",
      "/notebooks/mes%20essais/%C3%A9%20%26%20%C3%A8.ipynb",
    ]);
    expect(page).toContain("ne se lit pas");
  });

  test("shows titles as text, and carries no script", async () => {
    const page = await home();
    expect(page).toContain("Un &#60;b&#62;titre");
    expect(page).not.toContain("<script");
    const { headers } = await lab.ask("GET", "/");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'self'/);
  });

  test.each([
    ["fr-FR,fr;q=0.9,en;q=0.8", "fr"],
    ["en-GB,fr;q=0.9", "en"],
    ["de,en;q=0.5,fr;q=0.4", "en"],
    ["de", "fr"],
    ["", "fr"],
  ])("is in the language of a browser that asks for %j", async (accepted, language) => {
    expect(await home({ "accept-language": accepted })).toContain(`<html lang="${language}">`);
  });

  test("is in the language that was chosen, from then on", async () => {
    const { headers, text } = await lab.ask("GET", "/?lang=en", undefined, { "accept-language": "fr" });
    expect(text).toContain("0 of 1 exercises done");
    const cookie = String(headers["set-cookie"]).split(";")[0]!;
    expect(cookie).toBe("retroprop-lang=en");
    expect(await home({ cookie, "accept-language": "fr" })).toContain('<html lang="en">');
  });

  test("says which notebooks have a kernel", async () => {
    expect(await home()).not.toContain("noyau actif");
    await lab.ask("POST", "/api/sessions", { path: "notebooks/tp2.ipynb", type: "notebook" });
    expect((await home()).match(/noyau actif/g)).toHaveLength(1);
  });
});

describe("a notebook's page", () => {
  test("tells the bundle where it is and what to open, whatever the file is called", async () => {
    const { text } = await lab.ask("GET", "/notebooks/mes%20essais/%C3%A9%20%26%20%C3%A8.ipynb");
    const [, config] = /<script type="application\/json" id="retroprop-config">(.*?)<\/script>/.exec(text) ?? [];
    expect(JSON.parse(config ?? "")).toEqual({
      baseUrl: `http://127.0.0.1:${lab.server.port}/`,
      wsUrl: `ws://127.0.0.1:${lab.server.port}/`,
      path: "mes essais/é & è.ipynb",
      language: "fr",
    });
  });

  test("that is not there says so on a page one can read", async () => {
    const { status, text } = await lab.ask("GET", "/notebooks/none.ipynb");
    expect([status, text]).toEqual([404, expect.stringContaining("Il n’y a pas de fichier none.ipynb")]);
  });
});

describe("what pages load", () => {
  test("is sent once: then it is asked whether it has changed", async () => {
    const { headers, text } = await lab.ask("GET", "/static/page.js");
    expect([text, headers["content-type"]]).toEqual(["export {};", "text/javascript; charset=utf-8"]);
    const again = await lab.ask("GET", "/static/page.js", undefined, { "if-none-match": String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, ""]);
    writeFileSync(join(lab.folder, "bundle/page.js"), "export const changed = 1;");
    const changed = await lab.ask("GET", "/static/page.js", undefined, { "if-none-match": String(headers.etag) });
    expect(changed.text).toContain("changed");
  });

  test("is compressed for who can read it; plotly is there, under the name the page asks for", async () => {
    const { status, headers } = await lab.ask("GET", "/static/plotly.min.js", undefined, { "accept-encoding": "gzip" });
    expect([status, headers["content-encoding"]]).toEqual([200, "gzip"]);
    expect(Number(headers["content-length"])).toBeLessThan(4e6);
  });

  test.each(["none.js", "..%2fnotebooks%2ftp1.ipynb", ".hidden", "fonts/"])("is nothing else: %s", async (name) => {
    expect((await lab.ask("GET", `/static/${name}`)).status).toBe(404);
  });
});
