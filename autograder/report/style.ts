// How the reports look: the paper, the ink and the type of the executed notebooks; light and dark, screen and print.

export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #23211e; --soft: #6f6a62; --line: #e4dfd6; --card: #f5f2ec; --accent: #1f5f8b;
  --good: #2f6b34; --good-card: #edf4ea; --bad: #a3262a; --bad-card: #fbeceb; --warn: #7a5200; --warn-card: #fbf4e2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #191b1f; --ink: #dedbd5; --soft: #9b978f; --line: #34373d; --card: #22252a; --accent: #84bde6;
    --good: #9fd3a0; --good-card: #203326; --bad: #ff9d95; --bad-card: #3a2224; --warn: #e8c27a; --warn-card: #38301d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
}
header, main, footer { max-width: 50rem; margin-inline: auto; padding-inline: 1.25rem; }
.wide header, .wide main, .wide footer { max-width: 80rem; }
.wide th.number { white-space: normal; vertical-align: bottom; }
.wide th, .wide td { padding-inline: .5em; }
.wide .remark { min-width: 14rem; }
header { padding-top: 2.5rem; display: grid; grid-template-columns: 1fr auto; gap: 0 2rem; align-items: end; }
header p { margin: 0; color: var(--soft); }
header .provisional { grid-column: 1 / -1; margin-top: .6rem; }
footer { padding-block: 2.5rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3, .mark, .points, th, .glyph, .tag {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
}
h1, h2, h3 { line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); margin: .1em 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; }
.mark { font-size: 2.4rem; font-weight: 650; line-height: 1; font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--ink); }
.mark small { font-size: 1.1rem; font-weight: 400; color: var(--soft); }
.mark.none { font-size: 1.3rem; color: var(--warn); }
.points { font-size: .95rem; font-weight: 500; color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace; }
code { font-size: .875em; background: var(--card); padding: .1em .32em; border-radius: 4px; }
table { border-collapse: collapse; width: 100%; font-size: .95em; margin: 1.2rem 0; }
.scroll { overflow-x: auto; }
th, td { padding: .4em .7em; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-size: .82rem; font-weight: 600; color: var(--soft); border-bottom-width: 2px; }
thead td { border-bottom-width: 2px; }
abbr { text-decoration: none; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.full { color: var(--good); }
td.none { color: var(--bad); }
td meter { width: 8rem; height: .6rem; vertical-align: middle; }
.box { border-radius: 8px; padding: .7rem 1.1rem; margin: 1.4rem 0; background: var(--warn-card); border-left: 3px solid var(--warn); }
.box.bad { background: var(--bad-card); border-color: var(--bad); }
.box h2 { margin: 0 0 .3rem; font-size: 1rem; }
.box ul { margin: .2rem 0; padding-left: 1.2rem; }
.box p { margin: .2rem 0; }
.test { display: grid; grid-template-columns: 1.5rem 1fr auto; gap: 0 .5rem; padding: .5rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.test > .glyph { font-weight: 700; color: var(--bad); }
.test.correct > .glyph { color: var(--good); }
.test.not-graded > .glyph { color: var(--warn); }
.test > .title { color: var(--ink); }
.test.correct > .title { color: var(--soft); }
.test > .said { grid-column: 2 / -1; background: var(--bad-card); border-left: 3px solid var(--bad); border-radius: 6px; padding: .6rem .9rem; margin: .4rem 0 .3rem; }
.test.not-graded > .said { background: var(--warn-card); border-color: var(--warn); }
.said p { margin: 0; overflow-wrap: anywhere; }
.said dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .9rem; margin: .6rem 0 0; }
.said dt { color: var(--soft); font-size: .88rem; padding-top: .05rem; }
.said dd { margin: 0; min-width: 0; }
.said pre { margin: 0; font-size: .84rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 20rem; overflow-y: auto; }
.tag { font-size: .72rem; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: .05rem .5rem; white-space: nowrap; vertical-align: .1em; }
.lines { white-space: pre-line; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 2rem; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: .9rem; color: var(--soft); }
svg.bars { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
svg.bars rect { fill: var(--accent); }
svg.bars line { stroke: var(--line); }
svg.bars text { fill: var(--soft); text-anchor: middle; }
svg.bars text.value { fill: var(--ink); font-weight: 600; }
.toolbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .6rem 1.25rem; margin-top: 1rem; background: var(--card); border-block: 1px solid var(--line); font: .95rem system-ui, sans-serif; }
.toolbar button, .toolbar .button { font: inherit; padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); cursor: pointer; }
.toolbar #load { position: absolute; opacity: 0; width: 1px; height: 1px; }
.toolbar .button:focus-within, .toolbar button:focus-visible, .marking :is(input, textarea):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.toolbar #said { color: var(--warn); }
.marking .keys { color: var(--soft); font-size: .9rem; }
.marking h3 { font-size: 1rem; margin: 0 0 .4rem; color: var(--soft); }
.marking article { border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 8px; padding: .8rem 1rem; margin: 1rem 0; scroll-margin-top: 4.5rem; break-inside: avoid; }
.marking article.done { border-left-color: var(--good); }
.marking article:focus { outline: 2px solid var(--accent); outline-offset: 2px; }
.marking .answer { max-height: 30rem; overflow: auto; overflow-wrap: anywhere; }
.marking .answer img { max-width: 100%; height: auto; }
.marking .answer :is(h1, h2, h3, h4) { font-size: 1.05rem; margin: .6rem 0 .2rem; display: block; }
.marking fieldset { border: 0; border-top: 1px solid var(--line); margin: .8rem 0 0; padding: .6rem 0 0; display: grid; gap: .35rem; font: .95rem system-ui, sans-serif; }
.marking legend { padding: 0 .5rem 0 0; color: var(--soft); }
.marking input[type="number"] { font: inherit; width: 5rem; }
.marking textarea { display: block; width: 100%; font: inherit; }
kbd { font: .8rem ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; color: var(--soft); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.sides > div { min-width: 0; }
.sides h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.where { margin: .4rem 0 .2rem; font-size: .85rem; color: var(--soft); }
.where + pre { margin: 0; padding: .7rem .9rem; background: var(--card); border-radius: 6px; font-size: .8rem; line-height: 1.5; tab-size: 2; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40rem; overflow-y: auto; }
.where + pre:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
mark { background: color-mix(in srgb, var(--warn) 20%, transparent); color: inherit; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
pre mark { display: inline; border-radius: 2px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.sentences li { margin: .6rem 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 1.2rem; margin: 1.2rem 0; font-size: .95rem; }
svg.links { width: 100%; height: auto; font: 13px system-ui, sans-serif; }
svg.links line { stroke: var(--accent); opacity: .55; }
svg.links circle { fill: var(--ink); }
svg.links text { fill: var(--ink); }
@media (max-width: 55rem) { .sides { grid-template-columns: 1fr; gap: 1rem; } }
@media (max-width: 30rem) {
  body { font-size: 1rem; }
  header, main, footer { padding-inline: .9rem; }
  header { grid-template-columns: 1fr; gap: .8rem; }
  td meter { width: 4rem; }
  .said dl { grid-template-columns: 1fr; gap: 0; }
  .said dd { margin-bottom: .4rem; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --card: #f6f6f6; --line: #ccc; }
  body { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  .test, .box, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  .said, .box { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .said pre, .where + pre, .marking .answer { max-height: none; }
  .sides { grid-template-columns: 1fr 1fr; }
  nav { display: none; }
  .toolbar, .marking .keys { display: none; }
  svg.bars rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
