import createMarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { readAdjustments } from "../practice/adjustments.js";
import { settleClass } from "../practice/class-marks.js";
import { readTable } from "../practice/table.js";
import { compareRuns, moveLines, readRun } from "./compare-runs.js";
import { classOf, hostileReport, hostileText, payloads, refusedFor, secret } from "./fixtures/hostile.js";
import { reportFiles } from "./report.js";

/** Every file of a class of two and a refused one, in which `name` and `text` stand wherever a student can put them. */
function filesOf(name: string, text: string): Map<string, string> {
  const reports = [hostileReport(`a${name}`, text), hostileReport(`b${name}`, text), refusedFor(`c${name}`, text)];
  const adjustments = readAdjustments(
    JSON.stringify({
      adjustments: [
        { student: `a${name}`, exercise: "tp1.e1", points: 2, reason: text, author: `${secret} author` },
        { student: `a${name}`, question: "tp1.q1", points: 0.5, comment: text, author: `${secret} author` },
        { student: `b${name}`, bonus: 1, reason: text, author: `${secret} author` },
      ],
    }),
  );
  const teams = new Map([[`b${name}`, { members: [`d${name}`, `e${name}`, "Témoin"] }]]);
  const marks = settleClass(reports, { adjustments, teams });
  const files = reportFiles(classOf(reports), {
    marks,
    markdown: true,
    questions: [{ id: "tp1.q1", points: 1, rubric: text }],
  });
  return new Map([...files].map(({ path, content }) => [path, content]));
}

const isStudents = (path: string): boolean => /^(students|gradescope)\//.test(path);
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal or a viewer would obey.
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

const checks: Readonly<Record<string, (content: string, path: string) => void>> = {
  html: checkHtml,
  md: checkMarkdown,
  json: checkJson,
  csv: checkCsv,
  xml: checkXml,
};

describe("whatever a name, a message, an answer, a reason or a comment holds", () => {
  it("no file of the report is anything but what it is meant to be", () => {
    const seen = new Set<string>();
    const check = (name: string, text: string): void => {
      for (const [path, content] of filesOf(name, text)) {
        const kind = path.split(".").at(-1)!;
        seen.add(kind);
        expect(path).toMatch(/^[a-z0-9./-]+$/);
        checks[kind]!(content, path);
      }
    };
    for (const payload of payloads) check(payload, payload);
    fc.assert(fc.property(hostileText, hostileText, check), { numRuns: 25 });
    expect([...seen].sort()).toEqual(Object.keys(checks).sort());
  });

  it("no student reads what only staff may: hidden values, known mistakes, authors, the seed, another's name", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const files = [...filesOf("x", text)].filter(([path]) => isStudents(path));
        expect(files.length).toBeGreaterThanOrEqual(9);
        for (const [, content] of files) {
          expect(content).not.toContain(secret);
          expect(content).not.toContain("4815162342");
        }
        for (const [path, content] of files) {
          if (path.includes("/ax")) expect(content).not.toMatch(/Témoin|bx|dx/);
        }
      }),
      { numRuns: 20 },
    );
    expect(filesOf("x", "y").get("results.json")).toContain(secret);
  });

  it("the page where answers are marked names nobody; the key that does is another file", () => {
    const files = filesOf("Émilie Noël", "rien");
    expect(files.get("a-noter.html")).not.toMatch(/Noël/);
    expect(files.get("a-noter-cle.json")).toMatch(/Noël/);
    expect(files.get("a-noter.html")).toContain("réponse rien");
  });

  it("the difference of two runs is lines that a terminal only shows", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, text) => {
        const [before, after] = ["before", "after"].map((message) => {
          const files = filesOf(name, `${message}${text}`);
          return readRun(files.get("results.json")!);
        });
        for (const line of moveLines(compareRuns(before!, after!))) {
          expect(line).not.toMatch(obeyed);
          expect(line).not.toContain("\n");
        }
      }),
      { numRuns: 20 },
    );
  });

  it("texts of a megabyte are cut, and cost no more than a moment", () => {
    for (const piece of ["<b>", "![", "\n"]) {
      const long = piece.repeat(Math.ceil(2 ** 20 / piece.length));
      for (const [path, content] of filesOf(long, long)) {
        if (path.startsWith("results") || path.startsWith("a-noter")) continue;
        expect(content.length, path).toBeLessThan(3e6);
      }
    }
  }, 120_000);
});

const elements = new Set(
  (
    "html head meta link title style body header main footer div p h1 h2 h3 h4 h5 h6 bdi small section ul ol li table thead tbody tr th td a " +
    "meter span strong em s pre code dl dt dd abbr figure figcaption svg g rect text line blockquote hr br img article fieldset legend " +
    "label input textarea button progress kbd script"
  ).split(" "),
);
const attributes = new Set(
  (
    "lang charset http-equiv content name rel class id title min max value aria-label role viewBox x y x1 x2 y1 y2 width height alt " +
    "data-tp data-run data-given data-wrong data-unkept data-stale data-answer data-points data-marks tabindex type maxlength " +
    "autocomplete accept step inputmode rows start"
  ).split(" "),
);

/** Every `<` begins an element of ours, every attribute is one of ours, and nothing leads out of the page. */
function checkHtml(content: string, path: string): void {
  expect(content.match(obeyed)).toBeNull();
  const script = /<script>[\s\S]*?<\/script>/g;
  expect(content.match(script) ?? []).toHaveLength(path === "a-noter.html" ? 1 : 0);
  const rest = content
    .replace(script, "")
    .replace(/<style>[^<]*<\/style>/, "")
    .replace("<!DOCTYPE html>", "");
  const tag = /^<\/?([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<]*")?)*) ?\/?>$/;
  const faults = [...rest.matchAll(/<[^>]*>?/g)].filter(([written]) => {
    const [, element = "", inside = ""] = tag.exec(written) ?? [];
    const given = [...inside.matchAll(/ ([a-zA-Z0-9-]+)(?:="([^"]*)")?/g)];
    return !elements.has(element) || !given.every(([, name = "", value = ""]) => isOurs(name, value));
  });
  expect(faults.map(String), path).toEqual([]);
  expect(content).toContain("default-src 'none'");
}

function isOurs(name: string, value: string): boolean {
  if (name === "href") return /^(#e\d+|data:,|students\/[a-z0-9-]+\.html|a-noter\.html)$/.test(value);
  if (name === "src") return /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(value);
  return attributes.has(name);
}

/** Rendered by a reader that obeys more than most: raw HTML and bare addresses too. */
function checkMarkdown(content: string): void {
  expect(content.replace(/\n/g, "")).not.toMatch(obeyed);
  const html = createMarkdownIt({ html: true, linkify: true }).render(content);
  const used = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name));
  for (const name of used) expect(["h1", "h2", "p", "ul", "li", "strong", "pre", "code"], html).toContain(name);
}

function checkJson(content: string, path: string): void {
  const value = JSON.parse(content) as unknown;
  if (!path.startsWith("gradescope/")) return;
  JSON.stringify(value, (_, one) => {
    if (typeof one === "string") expect(one.replace(/[\n\t]/g, "")).not.toMatch(obeyed);
    return one;
  });
}

function checkCsv(content: string): void {
  const { header, rows } = readTable(Buffer.from(content, "utf8"), "grades.csv");
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    expect(row).toHaveLength(header.length);
    for (const text of row) expect(text).not.toMatch(/^\s*[=+@-]/);
    expect(row.join("").replace(/[\n\t]/g, "")).not.toMatch(obeyed);
  }
}

/** Well-formed: tags of ours, closed in order, and no bare `<`, `&` or quote in what is between. */
function checkXml(content: string): void {
  expect(content.replace(/\n/g, "")).not.toMatch(obeyed);
  expect(content).not.toMatch(/[\ufffe\uffff]/);
  const open: string[] = [];
  const body = content.replace('<?xml version="1.0" encoding="UTF-8"?>', "");
  const token = /<(\/?)([a-z]+)((?: [a-z]+="(?:[^"<&]|&#\d+;)*")*)(\/?)>|(?:[^<>&]|&#\d+;)+/y;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body) ?? expect.unreachable(body.slice(at, at + 80));
    const [, closing, name, , alone] = match;
    if (name === undefined) continue;
    if (closing === "/") expect(open.pop()).toBe(name);
    else if (alone !== "/") open.push(name);
  }
  expect(open).toEqual([]);
}
