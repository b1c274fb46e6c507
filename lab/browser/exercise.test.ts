// An exercise as a student lives it: hints, a wrong answer, a right one; its state and points move everywhere.
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { isInView, patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "notebooks/tp1.ipynb";
const softmax = (body: string) => `function softmax(x: NdArray): NdArray {\n  ${body}\n}`;
const wrong = softmax("return exp(x).div(sum(exp(x)));");
const right = softmax(`const shifted = exp(x.sub(max(x, { axis: -1, keepDims: true })));
  return shifted.div(sum(shifted, { axis: -1, keepDims: true }));`);

describe.skipIf(!hasChromium)("an exercise", () => {
  const lab = useLab();

  test("answered wrongly, then rightly, moves its header, the panel, the points, and the home page", async () => {
    const notebook = await lab.notebook(path);
    const { page } = notebook;
    const header = notebook.exercise("tp1-softmax");
    const inPanel = page.locator(".rp-exercise-link").nth(2);
    const state = () => header.getAttribute("data-state");
    const verify = () => header.getByRole("button", { name: "Vérifier" }).click();
    expect([await state(), await inPanel.getAttribute("data-state")]).toEqual(["todo", "todo"]);
    expect(await header.textContent()).toContain("3 points");

    await notebook.write("tp1-softmax", wrong);
    await verify();
    await expect.poll(state, patience).toBe("failing");
    await expect.poll(() => header.getByRole("status").textContent(), patience).toMatch(/^\d essais? réussis? sur \d/);
    await notebook.shows("check-tp1-softmax", /attendu|reçu/i);
    await expect.poll(() => inPanel.textContent(), patience).toContain("à revoir");
    expect(await page.locator(".rp-points").textContent()).toBe("0 / 20");
    await notebook.bring("tp1-softmax");
    await keepScreenshot(page, "exercise-failing");

    await notebook.write("tp1-softmax", right);
    await expect.poll(() => header.textContent(), patience).toContain("modifié depuis la vérification");
    await verify();
    await expect.poll(state, patience).toBe("passing");
    await expect.poll(() => inPanel.textContent(), patience).toContain("réussi");
    await expect.poll(() => page.locator(".rp-points").textContent(), patience).toBe("3 / 20");
    await keepScreenshot(page, "exercise-passing");

    await notebook.saveNow();
    await page.locator(".rp-home").click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("listitem").filter({ hasText: "TP1" }).first().textContent()).toMatch(
      /1 exercice réussi sur 8 · 3 points sur 20/,
    );
    await keepScreenshot(page, "home-begun");
  });

  test("answered by a loop without end says how to end it", async () => {
    const notebook = await lab.notebook(path);
    const header = notebook.exercise("tp1-softmax");
    const message = () => header.getByRole("status").textContent();
    await notebook.write("tp1-softmax", softmax("for (;;);"));
    await header.getByRole("button", { name: "Vérifier" }).click();
    await expect.poll(message, patience).toContain("interrompez-la");
    await notebook.button("interrupt").click();
    await expect.poll(message, patience).toMatch(/ne s’exécute pas/);
  });

  test("gives its hints one at a time, and those that were read are there after a reload", async () => {
    const notebook = await lab.notebook(path);
    const header = notebook.exercise("tp1-softmax");
    const shown = () => header.locator(".rp-hint-text").count();
    const next = header.locator(".rp-hint");
    const { hints } = lab.folder.notebook(path).cells.find(({ id }) => id === "tp1-softmax")!.metadata["retroprop"] as {
      hints: string[];
    };
    expect(hints.length).toBeGreaterThan(1);
    expect(await shown()).toBe(0);
    await next.click();
    await expect.poll(shown, patience).toBe(1);
    expect(await header.locator(".rp-hint-text").first().textContent()).toContain(`Indice 1 sur ${hints.length}`);
    await notebook.reload();
    await expect.poll(shown, patience).toBe(1);
    for (let count = 2; count <= hints.length; count++) {
      await next.click();
      await expect.poll(shown, patience).toBe(count);
    }
    await expect.poll(() => next.isVisible(), patience).toBe(false);
    await keepScreenshot(notebook.page, "hints");
  });

  test("exports the file to hand in, as it is on the page", async () => {
    const notebook = await lab.notebook(path);
    const [download] = await Promise.all([notebook.page.waitForEvent("download"), notebook.button("export").click()]);
    expect(download.suggestedFilename()).toBe("tp1.ipynb");
  });

  test("has its Python names one click away, and its outline leads to a heading", async () => {
    const notebook = await lab.notebook(path);
    await notebook.page.getByRole("tab", { name: "Python" }).click();
    await expect
      .poll(() => notebook.page.getByRole("tabpanel").textContent(), patience)
      .toMatch(/affine_transform → affineTransform/);
    await notebook.page.getByRole("tab", { name: "Plan" }).click();
    await notebook.page.getByRole("tabpanel").getByRole("button", { name: "Softmax", exact: true }).click();
    await expect.poll(() => isInView(notebook.cell("softmax")), patience).toBe(true);
  });

  test("says so where there is nothing for an outline", async () => {
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/sans titre.ipynb", { a: "1" }));
    await expect.poll(() => notebook.page.getByRole("tabpanel").textContent(), patience).toContain("n’a pas de titres");
  });

  test("marks what is to run again when something it reads was run since", async () => {
    const cells = { a: "const factor = 2;", b: "console.log(factor * 21)" };
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/périmé.ipynb", cells));
    await notebook.run("a");
    await notebook.run("b");
    await notebook.shows("b", "42");
    await notebook.write("a", "const factor = 3;");
    await notebook.run("a");
    await expect.poll(() => notebook.cell("b").textContent(), patience).toMatch(/À relancer\s: factor a changé depuis/);
    await notebook.run("b");
    await notebook.shows("b", "63");
    await expect.poll(() => notebook.cell("b").getAttribute("data-stale"), patience).toBeNull();
  });
});
