// From a request to its route, and from what the route throws to an answer.

import { faultPage } from "../pages/fault-page.js";
import { barePolicy, type Exchange, type Route, sendJson, sendPage } from "./exchange.js";
import { HttpFault } from "./http-fault.js";

/** Runs `work`, and answers what it throws. `report` hears of what is our own fault. */
export async function answering(
  exchange: Exchange,
  report: (error: unknown) => void,
  work: () => void | Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isOurs = !(error instanceof HttpFault);
    if (isOurs) report(error);
    answerFault(exchange, isOurs ? new HttpFault(500, "internal", exchange.words.internal) : error);
  }
}

/** As JSON where programs ask, as a page where people do. */
function answerFault(exchange: Exchange, fault: HttpFault): void {
  const { response, request, url } = exchange;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What has not been read of the body is not waited for.
  if (!request.complete) response.setHeader("connection", "close");
  const { status, message, reason, details } = fault;
  const isProgram = /^\/(api|static|files)\//.test(url.pathname);
  if (isProgram) sendJson(exchange, status, { message, reason, ...details });
  else sendPage(exchange, status, faultPage(exchange, fault), barePolicy());
}

/** Answers by the first route that takes the address. */
export function callRoute(routes: readonly Route[], exchange: Exchange): void | Promise<void> {
  const { request, url, words } = exchange;
  const method = request.method === "HEAD" ? "GET" : request.method;
  let isKnown = false;
  for (const route of routes) {
    const match = route.path.exec(url.pathname);
    if (match === null) continue;
    isKnown = true;
    if (route.method === method) return route.handle(exchange, ...match.slice(1).map((part) => decode(part, exchange)));
  }
  if (isKnown) throw new HttpFault(405, "method", words.wrongMethod(request.method ?? ""));
  throw new HttpFault(404, "not-found", words.noSuchPage);
}

function decode(part: string | undefined, { words }: Exchange): string {
  try {
    return decodeURIComponent(part ?? "");
  } catch {
    throw new HttpFault(400, "bad-request", words.badRequest);
  }
}
