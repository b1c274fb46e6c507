// The exported page in a real Chromium.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { code, display, figure, hostile, page, text } from "./fixtures/exported-page.js";

const browserPath = ["/usr/bin/chromium", "/usr/bin/google-chrome", process.env["CHROME_PATH"] ?? ""].find(existsSync);
if (browserPath === undefined)
  console.warn("No Chromium found (CHROME_PATH names one): the page is not tested in a browser.");

describe.skipIf(browserPath === undefined)("the page in a browser (skipped where no Chromium is installed)", () => {
  let browser: Browser;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "retroprop-page-"));
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
    browser = await chromium.launch({ executablePath: browserPath!, args: [...args, ...quiet], timeout: 90_000 });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(html: string, width: number, javaScriptEnabled = true) {
    const path = join(folder, "page.html");
    writeFileSync(path, html);
    const tab = await browser.newPage({ viewport: { width, height: 800 }, javaScriptEnabled });
    tab.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    tab.on("pageerror", ({ message }) => complaints.push(message));
    tab.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
    });
    await tab.goto(pathToFileURL(path).href);
    return { tab, complaints };
  }

  const still = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 0L3 1"/></svg>';
  const shown = display({ "application/vnd.plotly.v1+json": figure, "text/html": still, "text/plain": "courbe" });
  const lesson = text("# TP1\n\nOn calcule $\\operatorname{softmax}(z)$.\n\n## A\n\n## B");

  test.each([1280, 400])(
    "figures are alive at %i pixels, nothing overflows, nothing is asked of the network",
    async (width) => {
      const { tab, complaints } = await open(page(lesson, code("plot()", shown), code("plot()", shown)), width);
      await tab.waitForFunction("document.querySelectorAll('figure.drawn .js-plotly-plot svg.main-svg').length >= 2");
      expect(await tab.locator(".still").first().isVisible()).toBe(false);
      expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await tab.title()).toBe("TP1");
      expect(complaints).toEqual([]);
      await tab.close();
    },
    120_000,
  );

  test("without scripts the still picture is there", async () => {
    const { tab } = await open(page(lesson, code("plot()", shown)), 800, false);
    expect(await tab.locator(".still svg").isVisible()).toBe(true);
    await tab.close();
  }, 120_000);

  test("scripts in HTML that a cell displays do not run", async () => {
    const { tab, complaints } = await open(page(text("# Titre"), code("1", display({ "text/html": hostile }))), 800);
    await expect.poll(() => complaints.join("\n"), { timeout: 20_000 }).toContain("Content Security Policy");
    expect(await tab.title()).toBe("Titre");
    await tab.close();
  }, 120_000);
});
