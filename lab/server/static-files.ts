// `/static/…`: the page's bundle, plotly, the home page's style; and `/files/…`: what notebooks link to.
import { createReadStream, existsSync, type Stats, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { ServedFolder } from "./guard/served-folder.js";
import { outputsFolder } from "./guard/served-folder.js";
import type { Exchange, Route } from "./http/exchange.js";
import { HttpFault } from "./http/http-fault.js";
import { homeStyle, icon } from "./pages/home-style.js";

const require = createRequire(import.meta.url);

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};
const compressible = /^\.(js|css|json|svg|wasm|txt)$/;
/** What a notebook may show; anything else is downloaded. */
const shownFiles = /^\.(png|jpe?g|gif|webp|svg|txt)$/;

/** `bundle` is the folder of the built page. */
export function staticRoutes(bundle: string, served: ServedFolder): Route[] {
  const compressed = new CompressedFiles();
  const written: Readonly<Record<string, string>> = { "home.css": homeStyle, "icon.svg": icon };
  return [
    {
      method: "GET",
      path: /^\/static\/([\w./-]+)$/,
      async handle(exchange, name = "") {
        const text = written[name];
        if (text !== undefined) return sendText(exchange, name, text);
        await sendAsset(exchange, assetFile(bundle, name, exchange), compressed);
      },
    },
    {
      method: "GET",
      path: /^\/(?:files|api\/retroprop\/output)\/(.+)$/,
      handle: (exchange, path = "") => sendFile(exchange, fileFor(served, path, exchange)),
    },
  ];
}

function assetFile(bundle: string, name: string, { words }: Exchange): string {
  // The name the page asks for; the package has but the whole text.
  if (name === "plotly.min.js") return require.resolve("plotly.js-dist/plotly.js");
  const file = join(bundle, name);
  const isHidden = name.split("/").some((part) => part === "" || part.startsWith("."));
  if (isHidden || !existsSync(file) || !statSync(file).isFile()) {
    throw new HttpFault(404, "not-found", words.noSuchFile(name));
  }
  return file;
}

function sendText({ response }: Exchange, name: string, text: string): void {
  response.writeHead(200, { "content-type": types[extname(name)]!, "cache-control": "no-cache" });
  response.end(text);
}

/** Asked for again each time, answered by 304 while it has not changed: a new build is seen at once. */
async function sendAsset({ request, response }: Exchange, file: string, compressed: CompressedFiles): Promise<void> {
  const stats = statSync(file);
  const extension = extname(file);
  const etag = tagOf(stats);
  const headers = { etag, "cache-control": "no-cache", vary: "accept-encoding", "content-type": typeOf(extension) };
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end();
  const accepts = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  if (!accepts || !compressible.test(extension)) return stream(response.writeHead(200, headers), file);
  const bytes = await compressed.get(file, etag);
  response.writeHead(200, { ...headers, "content-encoding": "gzip", "content-length": bytes.length }).end(bytes);
}

const tagOf = ({ mtimeMs, size }: Stats): string => `"${mtimeMs.toString(36)}-${size.toString(36)}"`;

const typeOf = (extension: string): string => types[extension.toLowerCase()] ?? "application/octet-stream";

/** Compressed once, quickly: the reader is on this machine. */
class CompressedFiles {
  private readonly files = new Map<string, { readonly etag: string; readonly bytes: Promise<Buffer> }>();

  get(file: string, etag: string): Promise<Buffer> {
    const known = this.files.get(file);
    if (known?.etag === etag) return known.bytes;
    const bytes = readFile(file).then((content) => promisify(gzip)(content, { level: constants.Z_BEST_SPEED }));
    bytes.catch(() => this.files.delete(file));
    this.files.set(file, { etag, bytes });
    return bytes;
  }
}

function fileFor(served: ServedFolder, path: string, { words }: Exchange): string {
  const file = path.includes(`${outputsFolder}/`) ? served.locateOutput(path, words) : served.locate(path, words);
  if (!existsSync(file) || !statSync(file).isFile()) throw new HttpFault(404, "not-found", words.noSuchFile(path));
  return file;
}

/** A student's file is no page of ours: whatever it holds, it runs no script and reads nothing here. */
function sendFile({ response }: Exchange, file: string): void {
  const extension = extname(file).toLowerCase();
  const isShown = shownFiles.test(extension);
  const name = encodeURIComponent(basename(file));
  response.writeHead(200, {
    "content-type": isShown ? typeOf(extension) : "application/octet-stream",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "cache-control": "no-cache",
    ...(isShown ? {} : { "content-disposition": `attachment; filename*=UTF-8''${name}` }),
  });
  stream(response, file);
}

function stream(response: Exchange["response"], file: string): void {
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}
