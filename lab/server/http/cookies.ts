// Cookies: one read, one made.
import type { IncomingMessage } from "node:http";

export function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of (headers.cookie ?? "").split(";")) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}

/** Sent back to this server alone, by its own pages alone; for a year when it is no secret, else until the browser ends. */
export function makeCookie(name: string, value: string, { secret }: { readonly secret: boolean }): string {
  return `${name}=${value}; Path=/; SameSite=Strict; ${secret ? "HttpOnly" : "Max-Age=31536000"}`;
}
