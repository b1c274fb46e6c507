import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settleClass } from "../practice/class-marks.js";
import { markingKey, readOverrides } from "../practice/written-marks.js";
import { answerRenderer } from "./answer-html.js";
import { criteriaOf } from "./criteria.js";
import { classOf, hostileReport } from "./fixtures/hostile.js";
import { markingPage } from "./marking-page.js";

describe("a rubric", () => {
  it("is a criterion a clause; they share the points by quarters, the first takes what is left", () => {
    expect(criteriaOf("un alias ; un exemple.", 1)).toEqual([
      { text: "un alias", points: 0.5 },
      { text: "un exemple", points: 0.5 },
    ]);
    expect(criteriaOf("a ; b ; c", 1).map(({ points }) => points)).toEqual([0.5, 0.25, 0.25]);
    expect(criteriaOf("une seule phrase.", 2)).toEqual([{ text: "une seule phrase", points: 2 }]);
    expect(criteriaOf(" ", 1)).toEqual([]);
  });
});

describe("an answer", () => {
  const answerHtml = answerRenderer();

  it("keeps its Markdown: lists, code, emphasis", () => {
    const { html } = answerHtml("**oui**\n\n- a\n\n```\nx < y\n```");
    expect(html).toMatch(/<strong>oui<\/strong>[\s\S]*<li>a<\/li>[\s\S]*<code>x &lt; y/);
  });

  it("shows the pictures it holds, and of any other only what was written", () => {
    const { html } = answerHtml(
      "![ici](data:image/png;base64,AAAA) ![là](http://x.example/a.png) <b>non</b> [lien](http://x.example)",
    );
    expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="ici">');
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html).not.toMatch(/<a |<b>/);
    expect(html).toContain("![là](http://x.example/a.png)");
  });
});

const questions = (i: number) => [
  { id: "tp1.q1", points: 1, answer: i === 2 ? " " : `réponse ${i}` },
  { id: "tp1.q2", points: 2, answer: `autre réponse ${i}` },
];
const reports = [0, 1, 2].map((i) => ({ ...hostileReport(`élève ${i}`, "x"), questions: questions(i) }));
const graded = classOf(reports);
const key = markingKey("tp1", reports, "salt");
const asked = [
  { id: "tp1.q1", points: 1, rubric: "un alias ; un exemple.", statement: "Pourquoi *copier* `g` ? <b>" },
  { id: "tp1.q2", points: 2 },
];

it("begins with the marks that are given already, as long as the answer is the one that was marked", () => {
  const [code] = Object.entries(key.answers).find(
    ([, { student, question }]) => student === "élève 0" && question === "tp1.q1",
  )!;
  const saved = { format: 1, kind: "retroprop-marks", tp: "tp1", marks: [{ code, points: 0.75, comment: "bien" }] };
  const adjustments = readOverrides([{ name: "a", text: JSON.stringify(saved) }], key);
  const { marks } = settleClass(reports, { adjustments });
  const given = /data-given="([^"]*)"/
    .exec(markingPage(graded, asked, key, marks, answerRenderer()))![1]!
    .replaceAll("&#34;", '"');
  expect(JSON.parse(given).marks).toEqual([expect.objectContaining({ code, points: 0.75, comment: "bien" })]);
});

it("shows what each question asks above its answers", () => {
  const shown = markingPage(graded, asked, key, [], answerRenderer());
  expect(shown).toContain('<div class="statement"><p>Pourquoi <em>copier</em> <code>g</code> ? &lt;b&gt;</p>');
  expect(shown.match(/class="statement"/g)).toHaveLength(1);
});

const browserPath = ["/usr/bin/chromium", "/usr/bin/google-chrome", process.env["CHROME_PATH"] ?? ""].find(existsSync);
if (browserPath === undefined)
  console.warn("No Chromium found (CHROME_PATH names one): the marking page is not tested in a browser.");

describe.skipIf(browserPath === undefined)("in a browser (skipped where no Chromium is installed)", () => {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-marking-"));
  const file = join(folder, "a-noter.html");
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    writeFileSync(file, markingPage(graded, asked, key, [], answerRenderer()));
    const quiet = [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
    ];
    browser = await chromium.launch({ executablePath: browserPath!, args: quiet });
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => void (/^(file|data|blob):/.test(request.url()) || complaints.push(request.url())));
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A browser on a busy machine takes its time. */
  const soon = { timeout: 10_000 };
  const done = () => page.textContent("#done");
  const points = (i: number) => page.locator("article").nth(i).locator("input[type=number]").inputValue();

  it("is marked with the keyboard: a criterion, the next answer, no point, a comment", async () => {
    expect(await done()).toBe("0");
    await page.locator("article").first().focus();
    await page.keyboard.press("1");
    expect([await points(0), await done()]).toEqual(["0.5", "1"]);
    await page.keyboard.press("+");
    expect(await points(0)).toBe("1");
    for (const pressed of ["n", "0", "c"]) await page.keyboard.press(pressed);
    await page.keyboard.type("1 exemple manque");
    await page.keyboard.press("Escape");
    expect([await points(0), await points(1), await done()]).toEqual(["1", "0", "2"]);
  });

  it("keeps its marks when it is opened again, and saves them as a file that overrides take in", async () => {
    await page.fill("#author", "A. T.");
    await page.check("input[name=blank]");
    await page.reload();
    expect([await done(), await page.inputValue("#author"), await page.isChecked("input[name=blank]")]).toEqual([
      "2",
      "A. T.",
      true,
    ]);
    for (const i of [2, 3, 4]) await page.locator("article").nth(i).locator("input[type=number]").fill("2");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    expect(download.suggestedFilename()).toBe("a-noter-tp1.json");
    const saved = join(folder, "saved.json");
    await download.saveAs(saved);
    const adjustments = readOverrides([{ name: "saved.json", text: readFileSync(saved, "utf8") }], key);
    const { marks, issues } = settleClass(reports, { adjustments });
    expect(issues).toEqual([]);
    expect(marks.map(({ state }) => state)).toEqual(["graded", "graded", "graded"]);
    expect(marks.map(({ questions }) => questions.map(({ earned }) => earned)).sort()).toEqual([
      [0, 2],
      [0, 2],
      [1, 2],
    ]);
  });

  it("takes a saved file in again, and says so of one that is none", async () => {
    await page.evaluate("localStorage.clear()");
    await page.reload();
    expect(await done()).toBe("0");
    await page.setInputFiles("#load", join(folder, "saved.json"));
    await expect.poll(done, soon).toBe("5");
    await page.setInputFiles("#load", file);
    await expect.poll(() => page.textContent("#said"), soon).toBe("Ce fichier n'est pas celui des notes de ce TP.");
  });

  it("asks nothing of the network and complains of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
