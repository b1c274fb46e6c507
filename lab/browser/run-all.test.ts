// TP1 from top to bottom on the whole MNIST, in one click: nothing fails, figures are drawn, every exercise is done.
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "solutions/tp1.ipynb";

describe.skipIf(!hasChromium)("running all of TP1", () => {
  const lab = useLab();

  test("trains on the whole MNIST, draws every figure, and earns every point", { timeout: 240_000 }, async () => {
    const { cells, metadata } = lab.folder.notebook(path);
    const withoutOutputs = cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell,
    );
    lab.folder.write(path, { cells: withoutOutputs, metadata, nbformat: 4, nbformat_minor: 5 });
    const notebook = await lab.notebook(path);

    const before = performance.now();
    await notebook.button("runAll").click();
    const codeIds = cells.filter(({ cell_type }) => cell_type === "code").map(({ id }) => id);
    await notebook.hasRun(codeIds.at(-1)!, 200_000);
    console.info(`run all of TP1: ${((performance.now() - before) / 1000).toFixed(1)} s`);

    expect(await notebook.page.locator(".jp-OutputArea-output[data-mime-type*=error]").count()).toBe(0);
    await expect.poll(() => notebook.page.locator(".rp-points").textContent(), patience).toBe("20 / 20");
    await notebook.shows("load-mnist", /50000, 784/);
    await notebook.shows("test-accuracy", /Exactitude sur le test : 0[.,]9[12]/);

    const figures = ["look-at-images", "learning-curves", "weights", "confusion", "worst-images", "step-curves"];
    for (const id of figures) {
      await notebook.bring(id);
      await notebook.cell(id).locator(".js-plotly-plot .main-svg").first().waitFor();
    }
    await notebook.bring("learning-curves");
    await keepScreenshot(notebook.page, "figures");
    await enlargeAndSave(notebook.cell("learning-curves"), notebook.page);
  });
});

async function enlargeAndSave(cell: Locator, page: Page) {
  await cell.getByRole("button", { name: "Agrandir" }).click();
  await page.getByRole("dialog").locator(".main-svg").first().waitFor();
  await keepScreenshot(page, "figure-enlarged");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  for (const format of ["PNG", "SVG"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      cell.getByRole("button", { name: format }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`figure.${format.toLowerCase()}`);
  }
}
