// What the server tells the page, in the shell's <script id="retroprop-config">.

export type Language = "fr" | "en";

export interface PageConfig {
  /** Where the server answers: `/`. */
  readonly baseUrl: string;
  readonly wsUrl: string;
  /** Absent where a cookie carries it. */
  readonly token?: string;
  /** The notebook, under the served folder. */
  readonly path: string;
  readonly language: Language;
}

/** @throws Error where the shell says nothing, or something else */
export function readConfig(page: Document): PageConfig {
  const text = page.getElementById("retroprop-config")?.textContent;
  if (!text)
    throw new Error("The page's shell has no #retroprop-config. Open the address that `retroprop start` prints.");
  const given = JSON.parse(text) as Partial<PageConfig>;
  if (typeof given.path !== "string")
    throw new Error(`#retroprop-config: \`path\` must be a string, got ${given.path}.`);
  const baseUrl = new URL(given.baseUrl ?? "/", location.href).href;
  return {
    ...given,
    path: given.path,
    baseUrl,
    wsUrl: given.wsUrl ?? baseUrl.replace(/^http/, "ws"),
    language: given.language === "en" ? "en" : "fr",
  };
}

/** The server reads this cookie: the home page and its own sentences follow. */
export function chooseLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser
  document.cookie = `retroprop-lang=${language}; Path=/; SameSite=Strict; Max-Age=31536000`;
}
