// Who is refused: other hosts, other origins, who has no secret, and paths that lead elsewhere. On a real server.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { notebook, openServer, type TestServer } from "./fixtures/open-server.js";

let lab: TestServer;
beforeAll(async () => {
  lab = await openServer({ "notebooks/tp1.ipynb": notebook(), "node_modules/x/index.js": "x", ".env": "KEY=1" });
});
afterAll(() => lab.close());

const cookieOf = (header: unknown): string => String(header).split(";")[0]!;
const enter = async (): Promise<string> => {
  const { headers } = await lab.raw({ path: `/?token=${lab.server.token}` });
  return cookieOf(headers["set-cookie"]);
};
const origin = () => `http://127.0.0.1:${lab.server.port}`;

describe("the secret", () => {
  test("has 128 bits at least, and every address but the style wants it", async () => {
    expect(Buffer.from(lab.server.token, "base64url").length).toBeGreaterThanOrEqual(16);
    const paths = ["/", "/notebooks/notebooks/tp1.ipynb", "/api", "/api/contents", "/static/page.js", "/files/x.png"];
    for (const path of paths) expect((await lab.raw({ path })).status, path).toBe(403);
    expect((await lab.raw({ path: "/static/home.css" })).status).toBe(200);
  });

  test("in the address becomes a cookie that no script reads and no other site sends, and leaves the address", async () => {
    const { status, headers } = await lab.raw({ path: `/?lang=en&token=${lab.server.token}` });
    expect([status, headers.location]).toEqual([303, "/?lang=en"]);
    expect(String(headers["set-cookie"])).toMatch(/^retroprop-\d+=.*; Path=\/; SameSite=Strict; HttpOnly$/);
    const cookie = cookieOf(headers["set-cookie"]);
    expect((await lab.raw({ path: "/", headers: { cookie } })).status).toBe(200);
  });

  test.each(["", "x", "x".repeat(32)])("%j is no secret, as token, cookie or header", async (wrong) => {
    const name = (await enter()).split("=")[0];
    expect((await lab.raw({ path: `/?token=${wrong}` })).status).toBe(403);
    expect((await lab.raw({ path: "/", headers: { cookie: `${name}=${wrong}` } })).status).toBe(403);
    expect((await lab.raw({ path: "/api", headers: { authorization: `token ${wrong}` } })).status).toBe(403);
  });

  test("is good in the address of pages only: programs give it in a header", async () => {
    expect((await lab.raw({ path: `/api/contents?token=${lab.server.token}` })).status).toBe(403);
    expect((await lab.ask("GET", "/api/contents")).status).toBe(200);
  });

  test("may be replaced by a ticket, once", async () => {
    const path = new URL(lab.server.ticketAddress()).pathname + new URL(lab.server.ticketAddress()).search;
    expect((await lab.raw({ path })).status).toBe(303);
    expect((await lab.raw({ path })).status).toBe(403);
  });
});

describe("where a request comes from", () => {
  test.each(["evil.example", "localhost", "127.0.0.1:1", "[::1]:80"])("host %j is refused", async (host) => {
    const headers = { host, authorization: `token ${lab.server.token}` };
    expect((await lab.raw({ path: "/api", headers })).status).toBe(403);
  });

  test("localhost with our port is ours", async () => {
    const headers = { host: `localhost:${lab.server.port}`, authorization: `token ${lab.server.token}` };
    expect((await lab.raw({ path: "/api", headers })).status).toBe(200);
  });

  test.each(["http://evil.example", "null", "https://127.0.0.1"])(
    "origin %s is refused, with any secret",
    async (from) => {
      expect((await lab.ask("GET", "/api", undefined, { origin: from })).status).toBe(403);
      expect((await lab.raw({ path: "/api", headers: { cookie: await enter(), origin: from } })).status).toBe(403);
    },
  );

  test.each(["cross-site", "same-site"])(
    "Sec-Fetch-Site: %s is refused; none and same-origin are not",
    async (site) => {
      const ask = async (value: string) =>
        (await lab.raw({ path: "/", headers: { cookie: await enter(), "sec-fetch-site": value } })).status;
      expect([await ask(site), await ask("none"), await ask("same-origin")]).toEqual([403, 200, 200]);
    },
  );

  test("what changes something wants the cookie and our origin, or the header", async () => {
    const cookie = await enter();
    const post = async (headers: Record<string, string>) =>
      (await lab.raw({ method: "POST", path: "/api/contents/notebooks", headers }, '{"type":"file"}')).status;
    expect(await post({ cookie })).toBe(403);
    expect(await post({ cookie, origin: "http://evil.example" })).toBe(403);
    expect(await post({ origin: origin() })).toBe(403);
    expect(await post({ cookie, origin: origin() })).toBe(201);
    expect(await post({ authorization: `token ${lab.server.token}` })).toBe(201);
  });
});

describe("a WebSocket", () => {
  /** The status of the refusal, or 101. */
  const upgrade = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${lab.server.port}${path}`, { headers });
      socket.on("open", () => {
        resolve(101);
        socket.close();
      });
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
      socket.on("error", reject);
    });

  test("wants the cookie and our origin, or the header, and a kernel that is there", async () => {
    const { json } = await lab.ask("POST", "/api/sessions", { path: "notebooks/tp1.ipynb", type: "notebook" });
    const path = `/api/kernels/${(json["kernel"] as { id: string }).id}/channels?session_id=a`;
    const cookie = await enter();
    expect(await upgrade(path, {})).toBe(403);
    expect(await upgrade(path, { cookie })).toBe(403);
    expect(await upgrade(path, { cookie, origin: "http://evil.example" })).toBe(403);
    expect(await upgrade(path, { cookie, origin: origin(), host: "evil.example" })).toBe(403);
    expect(await upgrade(path, { cookie, origin: origin() })).toBe(101);
    expect(await upgrade(path, { authorization: `token ${lab.server.token}` })).toBe(101);
    expect(await upgrade("/api/kernels/none/channels", { cookie, origin: origin() })).toBe(404);
  });
});

/** Windows lets only some make links to files; those to folders are junctions there. */
const linksToFiles = canLinkFiles();
if (!linksToFiles) console.warn("tests of links to files are skipped: this system refuses to make them");

function canLinkFiles(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "retroprop-links-"));
  try {
    symlinkSync(join(folder, "file"), join(folder, "link"));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("paths", () => {
  const outsideFolder = mkdtempSync(join(tmpdir(), "retroprop-outside-"));
  const outside = join(outsideFolder, "secret.txt");
  afterAll(() => rmSync(outsideFolder, { recursive: true, force: true, maxRetries: 5 }));
  beforeAll(() => {
    writeFileSync(outside, "secret");
    mkdirSync(join(lab.folder, "notebooks/.retroprop/outputs"), { recursive: true });
    mkdirSync(join(lab.folder, "links"));
    symlinkSync(tmpdir(), join(lab.folder, "links", "tmp"), "junction");
    if (!linksToFiles) return;
    symlinkSync(outside, join(lab.folder, "notebooks/.retroprop/outputs/out.txt"));
    symlinkSync(outside, join(lab.folder, "links", "out.txt"));
    symlinkSync(join(lab.folder, ".env"), join(lab.folder, "links", "env.txt"));
  });

  test.each([
    "../x.txt",
    "notebooks/../../x.txt",
    "%2e%2e/x.txt",
    "..%2fx.txt",
    "notebooks%2f..%2f..%2fx.txt",
    "..%5cx.txt",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "C:%5cwindows%5cwin.ini",
    "C:/windows/win.ini",
    "notebooks/tp1.ipynb%00.txt",
    ".env",
    "notebooks/.hidden/x",
    ".retroprop/server.json",
    "node_modules/x/index.js",
    "NODE_MODULES/x/index.js",
    ...(linksToFiles ? ["links/out.txt", "links/env.txt"] : []),
    "links/tmp",
    "links/tmp/new.txt",
  ])("%s is refused, to read, to write and to download", async (path) => {
    const refused = [403, 404];
    expect(refused).toContain((await lab.ask("GET", `/api/contents/${path}`)).status);
    expect(refused).toContain((await lab.ask("PUT", `/api/contents/${path}`, { type: "file", content: "x" })).status);
    expect(refused).toContain((await lab.ask("DELETE", `/api/contents/${path}`)).status);
    expect(refused).toContain((await lab.ask("GET", `/files/${path}`)).status);
    expect(refused).toContain((await lab.ask("POST", "/api/sessions", { path: decodeURIComponent(path) })).status);
  });

  test("nothing was read, written or removed out of the folder", async () => {
    expect((await lab.ask("GET", "/api/contents/links?content=1")).json["content"]).toEqual([]);
    const names = (await lab.ask("GET", "/api/contents?content=1")).json["content"] as { name: string }[];
    expect(names.map(({ name }) => name).sort()).toEqual(["bundle", "links", "notebooks"]);
    expect(readFileSync(outside, "utf8")).toBe("secret");
  });

  test("of an output that was cut are the only ones below a dotted folder", async () => {
    writeFileSync(join(lab.folder, "notebooks/.retroprop/outputs/tp1.c.txt"), "all of it");
    writeFileSync(join(lab.folder, "notebooks/.retroprop/other.txt"), "no");
    const get = async (path: string) => (await lab.ask("GET", path)).status;
    expect((await lab.ask("GET", "/files/notebooks/.retroprop/outputs/tp1.c.txt")).text).toBe("all of it");
    expect(await get("/api/retroprop/output/notebooks/.retroprop/outputs/tp1.c.txt")).toBe(200);
    if (linksToFiles) expect(await get("/files/notebooks/.retroprop/outputs/out.txt")).toBe(403);
    expect(await get("/files/notebooks/.retroprop/outputs/..%2fother.txt")).toBe(403);
    expect(await get("/files/notebooks/.retroprop/other.txt")).toBe(403);
  });
});

describe("answers", () => {
  test("of the page let scripts come from the bundle alone, and be in no frame", async () => {
    const { headers, text } = await lab.ask("GET", "/notebooks/notebooks/tp1.ipynb");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain(`script-src http://127.0.0.1:${lab.server.port}/static/ 'wasm-unsafe-eval';`);
    expect(policy).toMatch(/default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(text).not.toMatch(/<script>|\son\w+=|javascript:/);
  });

  test("with a file of the student's run nothing here", async () => {
    writeFileSync(join(lab.folder, "evil.html"), "<script>1</script>");
    const { headers } = await lab.ask("GET", "/files/evil.html");
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect(headers["content-security-policy"]).toContain("sandbox");
    expect(headers["content-disposition"]).toContain("attachment");
  });

  test("to a body that is too long come before it has been read", async () => {
    const headers = { authorization: `token ${lab.server.token}`, "content-length": String(60 * 1024 * 1024) };
    const reply = lab.raw({ method: "PUT", path: "/api/contents/big.txt", headers }, "x");
    expect((await reply).status).toBe(413);
    const lying = { authorization: `token ${lab.server.token}`, "transfer-encoding": "chunked" };
    // One byte too many: who is still writing when the answer comes and the connection closes may never read it.
    const long = Buffer.alloc(1024 * 1024 + 1, " ");
    expect((await lab.raw({ method: "POST", path: "/api/sessions", headers: lying }, long)).status).toBe(413);
  });

  test("to what is no HTTP, no path or no JSON are errors, and the server goes on", async () => {
    expect(await answerTo("GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect((await lab.raw({ path: "//evil.example/", headers: {} })).status).toBe(400);
    expect((await lab.ask("GET", "/api/contents/%")).status).toBe(400);
    const headers = { authorization: `token ${lab.server.token}` };
    expect((await lab.raw({ method: "POST", path: "/api/sessions", headers }, "{")).status).toBe(400);
    expect((await lab.ask("PATCH", "/api/status")).status).toBe(405);
    expect((await lab.ask("GET", "/api/status")).status).toBe(200);
    expect(lab.faults).toEqual([]);
  });

  test("are given on 127.0.0.1 alone", async () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    // 127.0.0.2 is this machine too, on Linux and Windows: whoever listens everywhere answers there.
    const others = ["127.0.0.2", ...own.filter(({ internal }) => !internal).map(({ address }) => address)];
    expect(await reaches("127.0.0.1", 0)).toBe(true);
    const reached = await Promise.all(others.map((host) => reaches(host, 500)));
    expect(reached.includes(true)).toBe(false);
  });

  /** No answer within the time, unless that is 0, is as good as a refusal: a system may drop what goes nowhere. */
  const reaches = (host: string, timeout: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = createConnection({ port: lab.server.port, host, timeout });
      const end = (reached: boolean) => {
        socket.destroy();
        resolve(reached);
      };
      socket.on("connect", () => end(true));
      socket.on("error", () => end(false)).on("timeout", () => end(false));
    });

  /** What the server says to these bytes, to the end of the connection. */
  const answerTo = (bytes: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = createConnection(lab.server.port, "127.0.0.1", () => socket.write(bytes));
      let said = "";
      socket.on("data", (chunk) => {
        said += chunk;
      });
      socket.on("error", () => {}).on("close", () => resolve(said));
    });
});
