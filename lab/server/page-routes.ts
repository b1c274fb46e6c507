// The two pages that people open: `/` and `/notebooks/PATH`.
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Access } from "./guard/access.js";
import type { ServedFolder } from "./guard/served-folder.js";
import { barePolicy, type Exchange, type Route, sendPage } from "./http/exchange.js";
import { HttpFault } from "./http/http-fault.js";
import type { Kernels } from "./kernels/kernels.js";
import type { Sessions } from "./kernels/sessions.js";
import { NotebookFinder } from "./pages/find-notebooks.js";
import { homePage } from "./pages/home-page.js";
import { shellPage, shellPolicy } from "./pages/shell-page.js";

interface Served {
  readonly served: ServedFolder;
  readonly kernels: Kernels;
  readonly sessions: Sessions;
  /** The folder of the built page. */
  readonly bundle: string;
}

export function pageRoutes({ served, kernels, sessions, bundle }: Served): Route[] {
  const finder = new NotebookFinder(served);
  return [
    {
      method: "GET",
      path: /^\/$/,
      handle(exchange) {
        const isRunning = (path: string) => sessions.forPath(path) !== undefined;
        sendPage(exchange, 200, homePage(exchange, finder.find(exchange.words), isRunning), barePolicy());
      },
    },
    {
      method: "GET",
      path: /^\/notebooks\/(.+)$/,
      handle(exchange, path = "") {
        const { words } = exchange;
        const file = served.locate(path, words);
        if (!existsSync(file) || !statSync(file).isFile())
          throw new HttpFault(404, "not-found", words.noSuchFile(path));
        if (!existsSync(join(bundle, "page.js"))) throw new HttpFault(503, "no-bundle", words.noBundle);
        // Its kernel starts while the page loads.
        if (sessions.forPath(path) === undefined) kernels.prepare(dirname(file));
        sendPage(exchange, 200, shellPage(exchange, path), shellPolicy(exchange.host));
      },
    },
  ];
}

/** A good secret in the address becomes a cookie, and the address loses it: histories and screenshots do not show it. */
export function admit({ request, response, url }: Exchange, access: Access): boolean {
  const isPage = request.method === "GET" && (url.pathname === "/" || url.pathname.startsWith("/notebooks/"));
  if (!isPage || !access.admits(url)) return false;
  for (const secret of ["token", "ticket"]) url.searchParams.delete(secret);
  response.setHeader("set-cookie", access.cookie());
  response.writeHead(303, { location: url.pathname + url.search, "cache-control": "no-store" }).end();
  return true;
}
