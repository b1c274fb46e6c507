// Who may ask: holders of this server's secret, from pages of this server. Everything else is refused before it is read.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { makeCookie, readCookie } from "../http/cookies.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";

/** How long the address given to the browser we open stays good. */
const ticketLifeMs = 60_000;

export class Access {
  /** 192 bits; whoever has it runs code as the student. */
  readonly token = randomBytes(24).toString("base64url");
  private readonly tickets = new Map<string, number>();
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
  }

  /**
   * Good once, for a minute: other users of the machine read the arguments of the browser that we start with it.
   * The token itself is only printed.
   */
  newTicket(): string {
    const ticket = randomBytes(24).toString("base64url");
    this.tickets.set(ticket, Date.now() + ticketLifeMs);
    return ticket;
  }

  /** The secret of the address, if it is good: who comes with it gets the cookie. */
  admits(url: URL): boolean {
    const ticket = url.searchParams.get("ticket");
    if (ticket !== null) {
      const expires = this.tickets.get(ticket) ?? 0;
      this.tickets.delete(ticket);
      return Date.now() < expires;
    }
    return isSame(url.searchParams.get("token") ?? "", this.token);
  }

  cookie(): string {
    return makeCookie(this.cookieName, this.token, { secret: true });
  }

  /** Throws when a request is for another host, comes from another origin, or brings no secret. */
  check(request: IncomingMessage, words: Words, { isUpgrade = false } = {}): void {
    this.checkSource(request, words);
    const authorised = this.hasAuthorization(request);
    if (!authorised && !isSame(readCookie(request, this.cookieName) ?? "", this.token)) {
      throw new HttpFault(403, "no-token", words.noToken);
    }
    // A cookie comes along by itself: what changes something must also say that a page of ours has sent it.
    const changes = isUpgrade || !["GET", "HEAD"].includes(request.method ?? "");
    if (changes && !authorised && request.headers.origin === undefined) {
      throw new HttpFault(403, "origin", words.otherOrigin);
    }
  }

  /** Another name for this machine is how a page of elsewhere would reach us (DNS rebinding). */
  checkSource({ headers }: IncomingMessage, words: Words): void {
    const { host = "", origin } = headers;
    if (!this.hosts.includes(host)) throw new HttpFault(403, "host", words.otherHost(`127.0.0.1:${this.port}`));
    if (origin !== undefined && origin !== `http://${host}`) throw new HttpFault(403, "origin", words.otherOrigin);
    // `none`: the person typed the address or followed it from outside the browser.
    const site = headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new HttpFault(403, "origin", words.otherOrigin);
    }
  }

  private get hosts(): readonly string[] {
    return [`127.0.0.1:${this.port}`, `localhost:${this.port}`];
  }

  /** Cookies know no ports: two servers on one machine must not take each other's. */
  private get cookieName(): string {
    return `retroprop-${this.port}`;
  }

  private hasAuthorization({ headers: { authorization = "" } }: IncomingMessage): boolean {
    return isSame(/^(?:token|Bearer) (.+)$/.exec(authorization)?.[1] ?? "", this.token);
  }
}

/** In a time that does not depend on where they differ. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
