// `/notebooks/PATH`: the frame that the page's bundle fills, and what the bundle is told.
import type { Exchange } from "../http/exchange.js";
import { escapeHtml, pageHead } from "./html.js";

/** What the page's script reads in `#retroprop-config`. */
export interface PageConfig {
  /** `http://127.0.0.1:8888/` */
  readonly baseUrl: string;
  readonly wsUrl: string;
  /** Of the notebook, under the served folder. */
  readonly path: string;
  readonly language: "fr" | "en";
}

export function shellPage({ host, language, words }: Exchange, path: string): string {
  const config: PageConfig = { baseUrl: `http://${host}/`, wsUrl: `ws://${host}/`, path, language };
  // A file's name could hold `</script>`.
  const json = JSON.stringify(config).replaceAll("<", "\\u003c");
  return `${pageHead(language, `${path.split("/").at(-1) ?? ""} · ${words.homeTitle}`)}
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/page.css">
<script type="application/json" id="retroprop-config">${json}</script>
<script type="module" src="/static/page.js"></script>
</head>
<body>
<div id="retroprop-loading" role="status">${escapeHtml(words.loading)}</div>
<noscript>${escapeHtml(words.needsScript)}</noscript>
</body>
</html>
`;
}

/**
 * Scripts come from our bundle alone: not from an output, nor from a file of the student's, though its address is ours too.
 * Styles may be inline, as plotly and CodeMirror write them.
 */
export function shellPolicy(host: string): string {
  return [
    "default-src 'none'",
    `script-src http://${host}/static/ 'wasm-unsafe-eval'`,
    `worker-src http://${host}/static/`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
