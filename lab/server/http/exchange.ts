// One request and its answer, as routes see them.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Language } from "../language.js";
import type { Words } from "../words.js";
import { readJsonBody } from "./body.js";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** `127.0.0.1:8888`, as the browser names us: checked. */
  readonly host: string;
  readonly language: Language;
  readonly words: Words;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Its groups are given to `handle`, decoded. */
  readonly path: RegExp;
  handle(exchange: Exchange, ...parts: string[]): void | Promise<void>;
}

export const readJson = ({ request, words }: Exchange, limit?: number) => readJsonBody(request, words, limit);

export function sendJson({ response }: Exchange, status: number, value?: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(value === undefined ? "" : JSON.stringify(value));
}

/** `policy` is the page's Content-Security-Policy. */
export function sendPage({ response }: Exchange, status: number, html: string, policy: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy,
  });
  response.end(html);
}

/** For a page that carries one style and nothing else. */
export const barePolicy = (): string =>
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
