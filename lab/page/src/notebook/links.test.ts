import { expect, test } from "vitest";
import { linksBeside } from "./links.js";

const links = linksBeside("été à deux/tp1.ipynb", "http://127.0.0.1:8888/");
const target = async (url: string) => links.getDownloadUrl(await links.resolveUrl(url));

test("a link leads to the file beside the notebook, whatever its folder is called", async () => {
  const folder = "http://127.0.0.1:8888/files/%C3%A9t%C3%A9%20%C3%A0%20deux";
  expect(await target(".retroprop/outputs/tp1.a.txt")).toBe(`${folder}/.retroprop/outputs/tp1.a.txt`);
  expect(await target("image%20deux.png")).toBe(`${folder}/image%20deux.png`);
});

test("another notebook opens as one", async () => {
  expect(await target("../notebooks/tp2.ipynb")).toBe("http://127.0.0.1:8888/notebooks/notebooks/tp2.ipynb");
});

test("nothing leads out of the served folder", async () => {
  expect(await target("../../../etc/passwd")).toBe("http://127.0.0.1:8888/files/etc/passwd");
});
