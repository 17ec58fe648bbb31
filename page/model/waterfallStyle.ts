/** How a trace's spans look, in the page and in a file of its own; the colours are variables of the document. */
export const waterfallStyle = `
.waterfall { list-style: none; margin: 0; padding: 0; }
.waterfall li { display: grid; grid-template-columns: minmax(10rem, 22rem) 5.5rem 1fr; gap: .25rem .75rem; align-items: center;
  padding: .4rem 0; border-bottom: 1px solid var(--line); }
.waterfall small, .attributes { color: var(--soft); }
.time { text-align: right; font-variant-numeric: tabular-nums; }
.track { position: relative; height: .8rem; background: color-mix(in srgb, var(--line) 45%, transparent); border-radius: .2rem; }
.bar { position: absolute; height: 100%; min-width: 2px; border-radius: .2rem; background: var(--internal); }
.server .bar { background: var(--server); } .client .bar { background: var(--client); } .failed .bar { background: var(--failed); }
.attributes { grid-column: 1 / -1; font-size: .85rem; overflow-wrap: anywhere; }
`;
