// From the command to a page one can use, as fast as promised; and what a damaged notebook shows instead.
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

describe.skipIf(!hasChromium)("opening", () => {
  const lab = useLab();
  const measured: string[] = [];
  afterAll(() => console.info(measured.join("\n")));

  test("the address is printed within seconds of the command", () => {
    measured.push(`retroprop start: its address after ${Math.round(lab.server.startMs)} ms (promised: 5000)`);
    expect(lab.server.startMs).toBeLessThan(30_000);
  });

  test("the home page lists the TPs with their progress, and leads to a notebook one can use", async () => {
    const page = await lab.home();
    const card = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { level: 3 }) })
      .first();
    expect(await card.textContent()).toMatch(/TP1.*0 exercice réussi sur 8 · 0 point sur 20/s);
    expect(new URL(page.url()).search).toBe("");
    await keepScreenshot(page, "home");

    const before = performance.now();
    await card.getByRole("link").click();
    await page.locator(".jp-CodeCell .cm-content").first().waitFor();
    measured.push(
      `notebook: an editor to write in after ${Math.round(performance.now() - before)} ms (promised: 3000)`,
    );
    await page.locator(".rp-kernel[data-state=idle]").waitFor();
    measured.push(`notebook: its kernel ready after ${Math.round(performance.now() - before)} ms`);
    expect(performance.now() - before).toBeLessThan(60_000);
    await keepScreenshot(page, "notebook");
  });

  test("a notebook that is no JSON says where it is damaged, and is not changed", async () => {
    const path = lab.folder.write("notebooks/abîmé.ipynb", '{\n "cells": [\n  {"cell_type": "code",,}\n ]\n}\n');
    const before = lab.folder.text(path);
    const page = await lab.home();
    expect(await page.getByRole("listitem").filter({ hasText: "abîmé" }).textContent()).toMatch(/ne se lit pas/);
    await page.goto(lab.addressOf(path));
    await expect
      .poll(() => page.getByRole("main").textContent(), patience)
      .toMatch(/abîmé\.ipynb .*ligne 3, caractère 24/);
    await keepScreenshot(page, "damaged");
    await page.getByRole("link", { name: "Tous les TP" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(lab.folder.text(path)).toBe(before);
    // The page leaves the reason in the browser's console, too.
    await expect.poll(() => lab.watcher.errors, patience).toEqual([expect.stringMatching(/abîmé\.ipynb/)]);
    lab.watcher.errors.length = 0;
  });

  test("a notebook that is not there says so", async () => {
    const page = await lab.home();
    await page.goto(lab.addressOf("notebooks/absent.ipynb"));
    await expect
      .poll(() => page.getByRole("main").textContent(), patience)
      .toMatch(/pas de fichier notebooks\/absent\.ipynb/);
  });
});
