// In which language a page speaks: what its reader chose, else what the browser asks for.
import type { IncomingMessage } from "node:http";
import { readCookie } from "./http/cookies.js";

export type Language = "fr" | "en";

/** Read by the page's script too: the choice holds for both. */
export const languageCookie = "retroprop-lang";

/** `?lang=` first, then the choice made before, then the browser's languages in their order; French when none of these says. */
export function languageOf(request: IncomingMessage, url: URL): Language {
  const said = [url.searchParams.get("lang"), readCookie(request, languageCookie), ...acceptedBy(request)];
  return said.map(asLanguage).find((language) => language !== undefined) ?? "fr";
}

export function asLanguage(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split("-")[0];
  return primary === "fr" || primary === "en" ? primary : undefined;
}

function acceptedBy({ headers }: IncomingMessage): string[] {
  const ranges = (headers["accept-language"] ?? "").split(",").map((range) => {
    const [tag = "", quality = ""] = range.trim().split(/\s*;\s*q=/);
    return { tag, quality: quality === "" ? 1 : Number(quality) };
  });
  return ranges.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}
