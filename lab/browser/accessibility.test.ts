// What axe-core says of each page and dialog, in both languages, by day and by night; and the page on a telephone.
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { seriousFaults } from "./fixtures/axe.js";
import { hasChromium } from "./fixtures/chromium.js";
import { isInView, patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "notebooks/tp1.ipynb";
const looks = [
  { language: "fr", locale: "fr-FR", colorScheme: "light", more: "Autres actions", keys: /Raccourcis clavier/ },
  { language: "en", locale: "en-GB", colorScheme: "dark", more: "More actions", keys: /Keyboard shortcuts/ },
] as const;
const telephone = { width: 400, height: 800 };

describe.skipIf(!hasChromium)("accessibility", () => {
  const lab = useLab();
  beforeAll(() => {
    // With outputs and states: every colour is on the page.
    const { cells, metadata } = lab.folder.notebook("solutions/tp1.ipynb");
    lab.folder.write("notebooks/fait.ipynb", { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  });

  test.each(looks)("the home page has no serious fault, $language, $colorScheme", async (look) => {
    const page = await lab.home(look);
    expect(await page.locator("html").getAttribute("lang")).toBe(look.language);
    expect(await seriousFaults(page)).toEqual([]);
    await keepScreenshot(page, `home-${look.colorScheme}`);
  });

  test.each(looks)(
    "a notebook, its menu, its list of keys and its panel have none, $language, $colorScheme",
    async (look) => {
      const notebook = await lab.notebook("notebooks/fait.ipynb", look);
      const { page } = notebook;
      await page.locator(".js-plotly-plot .main-svg").first().waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await notebook.bring("check-tp1-softmax");
      await keepScreenshot(page, `notebook-${look.colorScheme}`);
      for (const tab of ["outline", "names"]) {
        await page.locator(`#rp-tab-${tab}`).click();
        expect(await seriousFaults(page, "#rp-panel")).toEqual([]);
      }
      await keepScreenshot(page, `names-${look.colorScheme}`);
      await page.getByRole("button", { name: look.more }).click();
      expect(await seriousFaults(page, "header")).toEqual([]);
      await keepScreenshot(page, `menu-${look.colorScheme}`);
      await page.getByRole("menuitem", { name: look.keys }).click();
      await page.getByRole("dialog").waitFor();
      expect(await seriousFaults(page, "dialog")).toEqual([]);
      await keepScreenshot(page, `keys-${look.colorScheme}`);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await notebook.button("restart").click();
      await page.getByRole("dialog").waitFor();
      expect(await seriousFaults(page, "dialog")).toEqual([]);
      await page.keyboard.press("Escape");
    },
  );

  test("a banner, a failed exercise and its hints have none", async () => {
    const notebook = await lab.notebook(path, { colorScheme: "dark" });
    const { page } = notebook;
    const header = notebook.exercise("tp1-softmax");
    await header.locator(".rp-hint").click();
    await notebook.write("tp1-softmax", "function softmax(x: NdArray): NdArray { return x; }");
    await header.locator(".rp-verify").click();
    await expect.poll(() => header.getAttribute("data-state"), patience).toBe("failing");
    await page.route("**/api/contents/**", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.fallback(),
    );
    await notebook.write("parameters", "const epochs = 1;");
    await notebook.savingIs("failed");
    await notebook.bring("tp1-softmax");
    expect(await seriousFaults(page)).toEqual([]);
    await keepScreenshot(page, "failing-dark");
  });

  test("the language can be changed on the page, and stays", async () => {
    const notebook = await lab.notebook(path);
    await notebook.page.getByRole("button", { name: "English" }).click();
    await notebook.page.getByRole("button", { name: "Run all" }).waitFor();
    await notebook.page.reload();
    await notebook.page.getByRole("button", { name: "Run all" }).waitFor();
    expect(await notebook.page.locator("html").getAttribute("lang")).toBe("en");
  });
});

describe.skipIf(!hasChromium)("at 400 pixels wide", () => {
  const lab = useLab();

  test("nothing but code and figures is wider than the page, and text is readable", async () => {
    const home = await lab.home({ viewport: telephone });
    expect(await widthOf(home)).toBeLessThanOrEqual(400);
    await keepScreenshot(home, "home-400");
    const notebook = await lab.notebookIn(home, "solutions/tp1.ipynb");
    await notebook.kernelIs("idle");
    const { page } = notebook;
    expect(await widthOf(page)).toBeLessThanOrEqual(400);
    await keepScreenshot(page, "notebook-400");
    const topOf = async (name: string) => (await page.getByRole("button", { name, exact: true }).boundingBox())!.y;
    expect(await topOf("Autres actions")).toBeCloseTo(await topOf("Interrompre"), -1);
    await page.keyboard.press("h");
    await expect.poll(() => isInView(page.getByRole("heading", { name: "Raccourcis clavier" })), patience).toBe(true);
    await keepScreenshot(page, "keys-400");
    await page.keyboard.press("Escape");
    await notebook.bring("tp1-softmax");
    await keepScreenshot(page, "exercise-400");
    await notebook.bring("learning-curves");
    await notebook.cell("learning-curves").locator(".main-svg").first().waitFor();
    await keepScreenshot(page, "figure-400");
    expect(await fontSizeOf(page)).toBeGreaterThanOrEqual(14);
    expect((await notebook.cell("softmax").locator("p").first().boundingBox())!.width).toBeGreaterThan(300);
    await notebook.button("panel").click();
    await page.locator("#rp-panel").waitFor();
    expect(await widthOf(page)).toBeLessThanOrEqual(400);
    expect(await seriousFaults(page, "#rp-panel")).toEqual([]);
    await keepScreenshot(page, "panel-400");
  });
});

const widthOf = async (page: Page): Promise<number> =>
  (await page.evaluate("document.scrollingElement.scrollWidth")) as number;

/** Of the letters of the first paragraph. */
const fontSizeOf = async (page: Page): Promise<number> =>
  (await page.evaluate(
    "parseFloat(getComputedStyle(document.querySelector('.jp-MarkdownOutput p')).fontSize)",
  )) as number;
