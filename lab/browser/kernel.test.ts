// What a student does to the kernel, and what the kernel does to the student: endless loops, deaths, floods of output.
import { existsSync, readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { isInView, type NotebookPage, patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

describe.skipIf(!hasChromium)("the kernel", () => {
  const lab = useLab();
  const open = (name: string, cells: Readonly<Record<string, string>>) =>
    lab.notebook(lab.folder.writeCells(`notebooks/${name}.ipynb`, cells));

  test("interrupted in an endless loop keeps what was learnt", async () => {
    const notebook = await open("boucle", {
      start: "const W = [0]; let step = 0;",
      loop: 'for (;;) { W[0]! += 1; if (++step === 2000) console.log("begun"); }',
      after: 'console.log(step > 1000 && Math.abs(W[0]! - step) <= 1 ? "kept" : "lost");',
    });
    await notebook.run("start");
    await notebook.start("loop");
    await notebook.shows("loop", "begun");
    await notebook.button("interrupt").click();
    await notebook.kernelIs("idle");
    await notebook.shows("loop", /interromp|interrupt/i);
    await notebook.run("after");
    await notebook.shows("after", "kept");
    await keepScreenshot(notebook.page, "interrupted");
  });

  test("running all of it stops at the first cell that fails, and shows it", async () => {
    const cells = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, `console.log(${i})`]));
    const notebook = await open("tout", { ...cells, c5: 'throw new Error("ici");' });
    await notebook.button("runAll").click();
    await notebook.shows("c5", "ici");
    await expect.poll(() => isInView(notebook.cell("c5")), patience).toBe(true);
    expect(await notebook.cell("c5").getAttribute("class")).toContain("jp-mod-active");
    await notebook.page.getByText("à une cellule qui échoue").waitFor({ state: "attached" });
    expect(await notebook.prompt("c6")).toBe("[ ]:");
  });

  test("shows a live curve while it trains, which can be interrupted without losing the parameters", async () => {
    const notebook = await open("courbe", {
      imports: 'import { progressBar, show, plotCurves } from "retroprop";\nlet W = 0;',
      train: `const bar = progressBar(1_000_000, "Entraînement");
for (let i = 0; i < 1_000_000; i++) { W = i; bar.update(i); await new Promise((resolve) => setTimeout(resolve, 5)); }`,
      after: 'console.log(W > 3 ? "kept" : "lost");',
    });
    await notebook.run("imports");
    await notebook.start("train");
    await notebook.shows("train", /[1-9]\d+ ?\/ ?1[\s., {2}]?000/); // ten steps at least
    await notebook.button("interrupt").click();
    await notebook.kernelIs("idle");
    await notebook.run("after");
    await notebook.shows("after", "kept");
  });

  test("that waits for an answer asks again after a reload, and runs nothing else before it has one", async () => {
    const notebook = await open("question", {
      ask: 'const name = prompt("Prénom ?");\nconst age = prompt("Âge ?");\nconsole.log(name, "a", age, "ans");',
      other: "6 * 7",
    });
    const { page } = notebook;
    const field = (name: string) => page.getByRole("textbox", { name, exact: true });
    await notebook.start("ask");
    await field("Prénom ?").fill("Ada");
    await page.keyboard.press("Enter");
    await field("Âge ?").waitFor();
    await notebook.reload();
    await field("Âge ?").waitFor();
    expect(await field("Prénom ?").count()).toBe(0);
    await notebook.shows("ask", "Prénom ? Ada");
    await notebook.start("other");
    await expect.poll(() => page.locator(".jp-Stdin-input:focus").count(), patience).toBe(1);
    await page.keyboard.type("36");
    await page.keyboard.press("Enter");
    await notebook.shows("ask", "Ada a 36 ans");
    expect(await notebook.prompt("other")).toBe("[ ]:");
    expect(await field("Âge ?").count()).toBe(0);
  });

  test("restarted, after a question, knows no name any more; the text and the outputs stay", async () => {
    const notebook = await open("redémarrer", {
      a: "const known = 1;\nconsole.log(known)",
      b: "console.log(typeof known)",
    });
    await notebook.run("a");
    await notebook.button("restart").click();
    await keepScreenshot(notebook.page, "restart");
    await notebook.answer("Annuler");
    await notebook.run("b");
    await notebook.shows("b", "number");
    await notebook.button("restart").click();
    await notebook.answer("Redémarrer");
    // Until then it may still be the idle kernel of before.
    await notebook.page.getByText("Le noyau a redémarré.").waitFor({ state: "attached" });
    await notebook.kernelIs("idle");
    await notebook.start("b");
    await notebook.shows("b", /known/);
    await expect.poll(() => notebook.textOf("b"), patience).not.toBe("number");
    await notebook.shows("a", "1");
    expect(await notebook.sourceOf("a")).toContain("const known = 1;");
  });

  test("that dies says so, and starts again at the press of a button", async () => {
    const notebook = await open("mort", { a: "process.kill(process.pid, 'SIGKILL');", b: "console.log(6 * 7)" });
    await notebook.start("a");
    await notebook.kernelIs("dead");
    await keepScreenshot(notebook.page, "kernel-dead");
    await notebook.banner().getByRole("button", { name: "Redémarrer le noyau" }).click();
    await notebook.kernelIs("idle");
    await notebook.run("b");
    await notebook.shows("b", "42");
    expect(await notebook.banner().count()).toBe(0);
  });

  test("prints 5 000 lines, all of them, without freezing the page", async () => {
    const notebook = await open("lignes", { a: "for (let i = 1; i <= 5000; i++) console.log('ligne', i);" });
    await notebook.run("a");
    await notebook.shows("a", "ligne 5000");
    const lines = (await notebook.textOf("a")).split("\n").filter((line) => line.startsWith("ligne "));
    expect([lines.length, lines[0]]).toEqual([5000, "ligne 1"]);
    await expect.poll(() => timeToDraw(notebook), patience).toBeLessThan(2000);
    await notebook.saveNow();
    expect(lab.folder.text("notebooks/lignes.ipynb")).toContain("ligne 5000\\n");
  });

  test("prints 10 MB: the page shows the beginning and links to the rest, which is in a file", async () => {
    const line = "0123456789abcdef".repeat(64);
    const notebook = await open("gros", {
      a: `for (let i = 0; i < 10_240; i++) console.log("${line}");\nconsole.log("end")`,
    });
    await notebook.run("a", 60_000);
    await notebook.shows("a", /Sortie trop longue/);
    await expect.poll(() => timeToDraw(notebook), patience).toBeLessThan(2000);
    await notebook.output("a").getByRole("link").scrollIntoViewIfNeeded();
    await keepScreenshot(notebook.page, "long-output");
    const outputs = lab.folder.file("notebooks/.retroprop/outputs");
    const [file] = existsSync(outputs) ? readdirSync(outputs).filter((name) => name.includes("gros")) : [];
    expect(statSync(`${outputs}/${file}`).size).toBeGreaterThan(10 * 1024 * 1024);
    const [download] = await Promise.all([
      notebook.page.waitForEvent("download"),
      notebook.output("a").getByRole("link").click(),
    ]);
    expect(statSync(await download.path()).size).toBeGreaterThan(10 * 1024 * 1024);
    await notebook.saveNow();
    expect(lab.folder.text("notebooks/gros.ipynb").length).toBeLessThan(2 * 1024 * 1024);
  });
});

/** Milliseconds until the page has drawn itself twice. */
async function timeToDraw({ page }: NotebookPage): Promise<number> {
  const before = performance.now();
  await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  return performance.now() - before;
}
