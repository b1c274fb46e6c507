// The frame of a page that works offline, runs nothing and asks nothing of the network; text made harmless.
import { createHash } from "node:crypto";
import { plainText } from "./plain-text.js";
import { pageStyle } from "./style.js";

/** HTML that is safe to place in a page; only `html` and `join` make it. */
export interface Html {
  readonly html: string;
}

/** A template whose values are escaped, unless they are HTML already. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | number | readonly Html[])[]
): Html {
  return { html: parts.map((part, i) => part + (i < values.length ? toHtml(values[i]!) : "")).join("") };
}

function toHtml(value: Html | string | number | readonly Html[]): string {
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((one) => one.html).join("\n");
}

export function escapeText(text: string, limit?: number): string {
  return plainText(text, limit).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Sentences of ours: `code` between backquotes is set as code. */
export function sentence(text: string): Html {
  const parts = text.split(/`([^`\n]+)`/);
  return {
    html: parts.map((part, i) => (i % 2 === 1 ? `<code>${escapeText(part)}</code>` : escapeText(part))).join(""),
  };
}

/** `script` is ours, whole, and the only one that the page may run. */
export interface PageOptions {
  readonly language?: "fr" | "en";
  readonly script?: string;
}

export function page(title: string, body: Html, { language = "fr", script }: PageOptions = {}): string {
  const scripts = script === undefined ? "" : `script-src '${hashOf(script)}'; `;
  const policy = `default-src 'none'; style-src '${hashOf(pageStyle)}'; ${scripts}img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    "<!DOCTYPE html>",
    `<html lang="${language}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeText(title)}</title>`,
    `<style>${pageStyle}</style>`,
    "</head>",
    "<body>",
    body.html,
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

const hashOf = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;
