// How the page looks: a column of text one can read, cells that stand apart, light and dark, screen and paper.

export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #23211e; --soft: #6f6a62; --line: #e4dfd6; --card: #f5f2ec; --accent: #1f5f8b;
  --bad: #a3262a; --bad-card: #fbeceb; --warn-card: #fbf4e2; --keyword: #8a3b8f; --string: #3b6e22; --number: #9a5200;
  --comment: #7d776d; --name: #1f5f8b; --type: #0d6e6e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #191b1f; --ink: #dedbd5; --soft: #9b978f; --line: #34373d; --card: #22252a; --accent: #84bde6;
    --bad: #ff9d95; --bad-card: #3a2224; --warn-card: #38301d; --keyword: #d7a0dc; --string: #a5cf8b; --number: #e8b273;
    --comment: #8d897f; --name: #84bde6; --type: #7fcfc6;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.65 Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
}
main, header.page, footer.page { max-width: 50rem; margin-inline: auto; padding-inline: 1.25rem; }
header.page { padding-top: 2rem; }
footer.page { padding-block: 2.5rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3, h4, h5, h6 {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  line-height: 1.25; text-wrap: balance; margin: 2.2em 0 .6em; letter-spacing: -.01em;
}
main > .text:first-child h1:first-child { margin-top: 1rem; }
h1 { font-size: clamp(1.7rem, 5vw, 2.3rem); margin-top: .4em; }
h2 { font-size: 1.45rem; padding-top: .5em; border-top: 1px solid var(--line); }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
p, ul, ol, blockquote, table { margin: .85em 0; }
li > p { margin: .3em 0; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
blockquote { margin-inline: 0; padding: .1em 1.1em; border-left: 3px solid var(--accent); color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
img, svg { max-width: 100%; height: auto; }
code, pre, .count { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace; }
code { font-size: .875em; background: var(--card); padding: .12em .34em; border-radius: 4px; }
pre { margin: 0; font-size: .84rem; line-height: 1.55; overflow-x: auto; tab-size: 2; }
pre code { font-size: inherit; background: none; padding: 0; }
.text > pre { background: var(--card); border-radius: 8px; padding: .8rem 1rem; }
table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow-x: auto; font-size: .94em; }
th, td { padding: .35em .8em; border-bottom: 1px solid var(--line); text-align: left; }
th { border-bottom-width: 2px; }

.code { position: relative; margin: 1.3rem 0; }
.code > .source { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
.count {
  position: absolute; z-index: 1; right: 1px; top: 1px; padding: .2rem .6rem; font-size: .7rem; line-height: 1.4;
  color: var(--soft); background: var(--card); border-radius: 8px; user-select: none;
}
@media screen and (min-width: 56rem) {
  .count:not(.words) { right: calc(100% + .3rem); top: .75rem; background: none; }
}
.outputs { padding: .55rem 0 0 1rem; margin-left: .15rem; border-left: 2px solid var(--line); margin-top: .5rem; display: grid; gap: .6rem; }
.outputs > * { min-width: 0; }
.outputs pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; overflow-y: auto; }
.outputs .rich { contain: paint; overflow-x: auto; }
.outputs .rich > :first-child { margin-top: 0; }
.stderr { background: var(--warn-card); padding: .5rem .8rem; border-radius: 6px; }
.error { background: var(--bad-card); border-left: 3px solid var(--bad); border-radius: 6px; padding: .6rem .9rem; }
.error p { margin: 0; color: var(--bad); overflow-wrap: anywhere; }
.error .trace { margin-top: .5rem; white-space: pre; }
.not-run > .source { border-style: dashed; opacity: .75; }
.outputs img { background: #fff; border-radius: 8px; padding: .4rem; justify-self: start; }
figure.plotly { margin: 0; overflow-x: auto; }
figure.plotly .rich { contain: none; }
figure.plotly.drawn .still { display: none; }
.live { margin-inline: auto; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: .2em 0; }

nav.contents { font: .9rem/1.45 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
nav.contents summary { cursor: pointer; color: var(--soft); font-weight: 600; padding: .3rem 0; }
nav.contents ul { list-style: none; margin: .3rem 0; padding: 0; }
nav.contents a { display: block; padding: .18rem 0; color: inherit; text-decoration: none; }
nav.contents a:hover { color: var(--accent); text-decoration: underline; }
nav.contents .level-3 { padding-left: 1rem; color: var(--soft); }
@media (min-width: 82rem) {
  nav.contents { position: fixed; top: 2rem; left: max(1.5rem, calc(50vw - 42rem)); width: 14rem; max-height: calc(100vh - 4rem); overflow-y: auto; }
}
.hljs-keyword, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-template-tag { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-comment, .hljs-doctag { color: var(--comment); font-style: italic; }
.hljs-title, .hljs-attr, .hljs-property { color: var(--name); }
.hljs-built_in, .hljs-type, .hljs-title.class_ { color: var(--type); }
.hljs-subst { color: inherit; }
@media (max-width: 30rem) {
  body { font-size: 1rem; }
  main, header.page, footer.page { padding-inline: .9rem; }
  .outputs { padding-left: .6rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --card: #f6f6f6; --line: #ccc; }
  body { font-size: 10.5pt; }
  main, header.page, footer.page { max-width: none; padding: 0; }
  nav.contents { display: none; }
  .code, .error, figure, img { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; }
  .outputs pre { max-height: none; }
  figure.plotly.drawn:has(svg, img) .still:has(svg, img) { display: block; }
  figure.plotly.drawn:has(.still svg, .still img) .live { display: none; }
}
`;
