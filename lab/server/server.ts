// The page's server: one folder of notebooks, served to the browser of this machine. See README.md.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { BrokenKernelspec } from "../../kernel/client/kernelspecs.js";
import type { writeAtomically } from "../../kernel/client/write-atomically.js";
import { type Analysis, analysisRoute } from "./analysis.js";
import { contentsRoutes } from "./contents/contents-routes.js";
import { Access } from "./guard/access.js";
import { ServedFolder } from "./guard/served-folder.js";
import { makeCookie } from "./http/cookies.js";
import { answering, callRoute } from "./http/dispatch.js";
import type { Exchange, Route } from "./http/exchange.js";
import { HttpFault } from "./http/http-fault.js";
import { createLocalServer, listen } from "./http/listen.js";
import { ChannelSockets, channelsPath } from "./kernels/channels-socket.js";
import { type InstalledKernels, KernelCatalogue, onThisMachine } from "./kernels/kernel-catalogue.js";
import { kernelRoutes } from "./kernels/kernel-routes.js";
import { Kernels } from "./kernels/kernels.js";
import type { StartKernel } from "./kernels/lab-kernel.js";
import type { OutputLimits } from "./kernels/output-limit.js";
import { Sessions } from "./kernels/sessions.js";
import { asLanguage, languageCookie, languageOf } from "./language.js";
import { admit, pageRoutes } from "./page-routes.js";
import { proofPath, serverRoutes } from "./server-routes.js";
import { staticRoutes } from "./static-files.js";
import { wordsIn } from "./words.js";

export interface LabServerOptions {
  /** What is served. */
  readonly folder: string;
  /** Where the built page is. */
  readonly bundle: string;
  /** Starts ours. */
  readonly startKernel: StartKernel;
  /** The other kernels; those of this machine unless told. */
  readonly installed?: InstalledKernels;
  /** Analyses notebooks of the served folder; given its real path. */
  readonly openAnalysis: (root: string) => Analysis;
  /** Ports to try, in order; 0 is any that is free, and the last resort. */
  readonly ports?: readonly number[];
  /** Hears of our own faults. */
  readonly report?: (error: unknown) => void;
  readonly write?: typeof writeAtomically;
  readonly limits?: OutputLimits;
}

export interface LabServer {
  readonly port: number;
  readonly token: string;
  /** What to open, with the secret in it: anyone who has it may run code here. */
  address(path?: string): string;
  /** The same, good once and for a minute. */
  ticketAddress(path?: string): string;
  /** Starts a kernel ahead, for a notebook in that folder. */
  prepareKernel(folder: string): void;
  /** Ends kernels and connections. */
  close(): Promise<void>;
}

/** Resolves once it listens; rejects when none of the ports can be had. */
export async function startLabServer(options: LabServerOptions): Promise<LabServer> {
  const { folder, bundle, startKernel, limits, write, report = console.error } = options;
  const http = createLocalServer();
  const port = await listen(http, options.ports ?? [0]);
  const access = new Access(port);
  const served = new ServedFolder(folder);
  const { installed = onThisMachine } = options;
  // The terminal, where this is read, speaks French.
  const onBroken = ({ file, reason }: BrokenKernelspec) => report(wordsIn("fr").kernelLeftOut(file, reason));
  const catalogue = new KernelCatalogue(startKernel, installed, onBroken);
  const kernels = new Kernels(catalogue.ours, limits && { limits });
  const sessions = new Sessions(kernels);
  const sockets = new ChannelSockets();
  const analysis = analysisRoute(served, options.openAnalysis);
  const routes: Route[] = [
    ...serverRoutes(access, kernels),
    ...pageRoutes({ served, kernels, sessions, bundle }),
    ...staticRoutes(bundle, served),
    ...kernelRoutes({ served, catalogue, kernels, sessions }),
    ...contentsRoutes(served, write),
    analysis.route,
  ];
  http.on("request", (request, response) => answer({ access, routes, report }, request, response));
  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrade({ access, kernels, sockets }, request, socket, head);
  });
  const address = (path: string, secret: string) => `http://127.0.0.1:${port}${path}?${secret}`;
  return {
    port,
    token: access.token,
    address: (path = "/") => address(path, `token=${access.token}`),
    ticketAddress: (path = "/") => address(path, `ticket=${access.newTicket()}`),
    prepareKernel: (at) => kernels.prepare(at),
    async close() {
      analysis.close();
      sockets.close();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeIdleConnections();
      await kernels.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

interface Answering {
  readonly access: Access;
  readonly routes: readonly Route[];
  readonly report: (error: unknown) => void;
}

function answer({ access, routes, report }: Answering, request: IncomingMessage, response: ServerResponse): void {
  const exchange = openExchange(request, response);
  if (exchange === undefined) {
    response.writeHead(400).end();
    return;
  }
  const { url, words } = exchange;
  void answering(exchange, report, () => {
    access.checkSource(request, words);
    if (admit(exchange, access)) return;
    if (!isOpenToAll(url.pathname)) access.check(request, words);
    rememberLanguage(exchange);
    return callRoute(routes, exchange);
  });
}

function rememberLanguage({ url, response }: Exchange): void {
  const chosen = asLanguage(url.searchParams.get("lang"));
  if (chosen) response.setHeader("set-cookie", makeCookie(languageCookie, chosen, { secret: false }));
}

/** The page that says that the secret is missing has a style; and see {@link proofPath}. */
const isOpenToAll = (path: string): boolean => path === "/static/home.css" || path === proofPath;

function openExchange(request: IncomingMessage, response: ServerResponse): Exchange | undefined {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  const url = readTarget(request);
  if (url === undefined) return undefined;
  const language = languageOf(request, url);
  return { request, response, url, host: request.headers.host ?? "", language, words: wordsIn(language) };
}

interface Upgrading {
  readonly access: Access;
  readonly kernels: Kernels;
  readonly sockets: ChannelSockets;
}

function upgrade({ access, kernels, sockets }: Upgrading, request: IncomingMessage, socket: Duplex, head: Buffer) {
  socket.on("error", () => {});
  const url = readTarget(request);
  const status = url === undefined ? 400 : refusalOf(access, request, url);
  const kernel = kernels.get(channelsPath.exec(url?.pathname ?? "")?.[1] ?? "");
  if (url === undefined || status !== undefined || kernel === undefined) refuse(socket, status ?? 404);
  else sockets.join(request, socket, head, kernel, url.searchParams.get("session_id") ?? "");
}

function refusalOf(access: Access, request: IncomingMessage, url: URL): number | undefined {
  try {
    access.check(request, wordsIn(languageOf(request, url)), { isUpgrade: true });
    return undefined;
  } catch (error) {
    return error instanceof HttpFault ? error.status : 500;
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What a request asks for; undefined for what is no path. */
function readTarget({ url: target = "" }: IncomingMessage): URL | undefined {
  const base = "http://127.0.0.1";
  return /^\/(?!\/)/.test(target) && URL.canParse(target, base) ? new URL(target, base) : undefined;
}
