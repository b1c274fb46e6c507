// A notebook from a stranger, and a site that knows where the page is: neither gets to run or read anything.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { codeCell, notebookOf, textCell } from "./fixtures/course-folder.js";
import { hostileMarkdown, hostileOutputs } from "./fixtures/hostile.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

describe.skipIf(!hasChromium)("an untrusted notebook", () => {
  const lab = useLab();

  test("runs nothing: no script, handler, frame, link, SVG, Markdown, figure or formula; nothing leaves", async () => {
    const cells = [
      ...hostileOutputs.map((output, index) => codeCell(`out-${index}`, `"${index}"`, [output])),
      ...hostileMarkdown.map((text, index) => textCell(`text-${index}`, text)),
      codeCell("last", "console.log(6 * 7)"),
    ];
    const notebook = await lab.notebook(lab.folder.write("notebooks/étranger.ipynb", notebookOf(cells)));
    const { page } = notebook;
    for (const { id } of lab.folder.notebook("notebooks/étranger.ipynb").cells) {
      await notebook.cell(id).scrollIntoViewIfNeeded();
    }
    await keepScreenshot(page, "hostile");
    // Whatever it had begun has had the time of a whole run.
    await notebook.run("last");
    await notebook.shows("last", "42");
    const address = page.url();
    const hrefs = (await page.evaluate(
      "[...document.querySelectorAll('.jp-Notebook a')].map((a) => a.href)",
    )) as string[];
    expect(hrefs.filter((href) => /^(javascript|data|vbscript):/i.test(href))).toEqual([]);
    expect(
      await page.evaluate(
        `[...document.querySelectorAll(".jp-Notebook :is(${unwanted})")].map((node) => node.outerHTML)`,
      ),
    ).toEqual([]);
    expect(await page.evaluate("window.pwned")).toBeUndefined();
    expect(page.url()).toBe(address);
    // A request that the policy stops is known before it is known to be stopped.
    await expect.poll(() => lab.watcher.foreign, patience).toEqual([]);
    expect(await page.evaluate("document.elementFromPoint(20, 20).closest('header') !== null")).toBe(true);
    // What the cleaning leaves and the policy stops: pictures, films. Their requests never left the machine.
    expect(lab.watcher.stopped.every((address) => /^https?:\/\/evil\.example\//.test(address))).toBe(true);
    // A map, whose ground Plotly would have asked of another machine.
    await expect.poll(() => page.getByText("Cette figure est une carte").count(), patience).toBe(1);
    await page.close(); // it tells of no violation any more
    expect(lab.watcher.violations.filter((what) => !/^(img|media)-src /.test(what))).toEqual([]);
    lab.watcher.violations.length = 0;
  });

  test("says nothing of its exercises that runs: titles, hints and names are text", async () => {
    const hostile = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
    const file = lab.folder.notebook("notebooks/tp1.ipynb");
    const text = JSON.stringify(file).replaceAll("Softmax sans débordement", JSON.stringify(hostile).slice(1, -1));
    const path = lab.folder.write("notebooks/titres.ipynb", JSON.parse(text) as object);
    const notebook = await lab.notebook(path);
    await notebook.exercise("tp1-softmax").locator(".rp-hint").click();
    expect(await notebook.exercise("tp1-softmax").textContent()).toContain("onerror");
    await notebook.page.goto(lab.server.origin);
    await notebook.page.getByRole("heading", { level: 1 }).waitFor();
    expect(await notebook.page.evaluate("window.pwned")).toBeUndefined();
  });
});

describe.skipIf(!hasChromium)("another site in the same browser", () => {
  const lab = useLab();
  let site: Server;
  beforeAll(async () => {
    site = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<!doctype html><title>x</title>"),
    );
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => site?.close());

  test("reads nothing, changes nothing, opens no WebSocket and shows no frame, though the browser has the key", async () => {
    const notebook = await lab.notebook("notebooks/tp1.ipynb");
    const before = lab.folder.text("notebooks/tp1.ipynb");
    const { port } = site.address() as AddressInfo;
    // Outside the watched requests: this page is meant to ask another origin.
    const stranger = await notebook.page.context().newPage();
    await stranger.goto(`http://127.0.0.1:${port}/`);
    const tried = await stranger.evaluate(attemptsOn(lab.server.origin));
    expect(tried).toEqual({ read: "refused", write: "refused", blind: "refused", socket: "refused" });
    const shown = () => stranger.frames().map((frame) => frame.url());
    await expect.poll(() => shown().slice(1), patience).toEqual(["chrome-error://chromewebdata/"]);
    await expect.poll(() => lab.folder.text("notebooks/tp1.ipynb"), patience).toBe(before);
    await stranger.close(); // nothing of it comes later
    lab.watcher.foreign.length = 0;
    lab.watcher.violations.length = 0;
  });
});

const unwanted = "iframe, object, embed, form[action], [formaction], base, meta, script";

const attemptsOn = (origin: string): string => `(async () => {
  const file = "${origin}/api/contents/notebooks/tp1.ipynb";
  const ask = (init) => fetch(file, { credentials: "include", ...init }).then((r) => r.type === "opaque" ? "opaque" : r.text(), () => "refused");
  const body = JSON.stringify({ type: "file", format: "text", content: "owned" });
  const socket = () => new Promise((resolve) => {
    const ws = new WebSocket("${origin.replace(/^http/, "ws")}/api/kernels/x/channels");
    ws.onopen = () => resolve("open");
    ws.onerror = () => resolve("refused");
  });
  const frame = document.createElement("iframe");
  frame.src = "${origin}/";
  const shown = new Promise((resolve) => frame.onload = resolve);
  document.body.append(frame);
  await shown;
  return {
    read: await ask({}),
    write: await ask({ method: "PUT", body }),
    blind: await ask({ method: "POST", mode: "no-cors", body }),
    socket: await socket(),
  };
})()`;
