// How the home page looks: the paper and inks of a notebook's page (`colours.css`), light and dark, down to 400 pixels.

export const homeStyle = `
:root {
  color-scheme: light dark;
  --paper: #fffdf9; --ink: #23201b; --soft: #6a6358; --line: #e4ded2; --card: #f7f4ee; --accent: #1f5a8c;
  --good: #24713c; --redo: #a8341f; --todo: #d3ccc0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1d1c1a; --ink: #ebe6db; --soft: #aba395; --line: #3b3833; --card: #242320; --accent: #8fc1ec;
    --good: #8ccf9b; --redo: #f2a08d; --todo: #524e47;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
}
header, main, footer { max-width: 46rem; margin-inline: auto; padding-inline: 1.25rem; }
header { padding-top: 3rem; position: relative; }
h1, h2, h3, .name, .go, .figures, .language, .running, .plain a {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
}
h1 { font-size: clamp(2rem, 7vw, 2.75rem); line-height: 1.1; letter-spacing: -.025em; margin: 0; }
h2 {
  font-size: .875rem; font-weight: 600; color: var(--soft); margin: 3rem 0 .9rem; padding-bottom: .4rem;
  border-bottom: 1px solid var(--line);
}
h3 { font-size: 1.3rem; line-height: 1.25; letter-spacing: -.01em; margin: .1rem 0 .5rem; text-wrap: balance; }
.lead { font-size: 1.2rem; color: var(--soft); margin: .5rem 0 0; max-width: 34rem; text-wrap: balance; }
.language { position: absolute; top: 1rem; right: 1.25rem; margin: 0; font-size: .875rem; }
a { color: var(--accent); text-underline-offset: .18em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.tp {
  position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.2rem 1.4rem 1.1rem; margin-bottom: 1rem;
}
.tp:hover, .tp:focus-within { border-color: var(--accent); }
.tp h3 a { color: inherit; text-decoration: none; }
.tp h3 a::after { content: ""; position: absolute; inset: 0; border-radius: 12px; }
.tp h3 a:focus-visible { outline: none; }
.tp h3 a:focus-visible::after { outline: 2px solid var(--accent); outline-offset: 3px; }
.name { margin: 0; font-size: .8125rem; font-weight: 600; color: var(--soft); letter-spacing: .04em; }
.figures { margin: 0 0 .7rem; font-size: .9375rem; color: var(--soft); }
.figures strong { color: var(--ink); font-weight: 600; }
.redo { color: var(--redo); }
.running { color: var(--good); font-size: .8125rem; font-weight: 400; letter-spacing: 0; margin-left: .5rem; white-space: nowrap; }
.running::before { content: ""; display: inline-block; width: .5em; height: .5em; border-radius: 50%; background: currentColor; margin-right: .4em; }
.strip { display: flex; gap: 3px; }
.strip li { height: 10px; border-radius: 3px; background: var(--todo); flex: 1 1 0; min-width: 6px; }
.strip .w2 { flex-grow: 2; } .strip .w3 { flex-grow: 3; } .strip .w4 { flex-grow: 4; } .strip .w5 { flex-grow: 5; } .strip .w6 { flex-grow: 6; }
.strip .passing { background: var(--good); }
.strip .failing {
  background: repeating-linear-gradient(135deg, var(--redo) 0 4px, transparent 4px 7px); border: 1px solid var(--redo);
}
.note { margin: .55rem 0 0; font-size: .875rem; color: var(--soft); }
.go { margin: .7rem 0 0; font-size: .9375rem; font-weight: 600; color: var(--accent); }
.plain li { padding: .4rem 0; display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; }
.plain li + li { border-top: 1px solid var(--line); }
.plain a { font-size: .9375rem; }
.plain span:not(.running), .tps > ul > li:not(.tp) span { color: var(--soft); }
.empty { margin-top: 3rem; color: var(--soft); }
footer { padding-block: 3rem 2.5rem; color: var(--soft); font-size: .875rem; }
.fault { padding-top: 4rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { .strip li { border: 1px solid; } .strip .passing { background: Highlight; } }
@media print { .go, .language { display: none; } }
`;

/** Two layers of a network, and what flows back. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1f5a8c"/>
<g fill="none" stroke="#fff" stroke-width="1.6" opacity=".75"><path d="M9 9 23 16M9 16h14M9 23 23 16"/></g>
<g fill="#fff"><circle cx="9" cy="9" r="3"/><circle cx="9" cy="16" r="3"/><circle cx="9" cy="23" r="3"/><circle cx="23" cy="16" r="3.6"/></g>
</svg>
`;
