import { escapeHtml } from "./html.ts";
import type { Span, Trace } from "./trace.ts";
import { formatDuration, hasFailed, placement, spanTitle, tellingAttributes } from "./waterfall.ts";

/** A trace's spans as HTML: a list, each with its bar and what happened. */
export function renderTrace(trace: Trace): string {
  const started = new Date(trace.start / 1000).toISOString();
  return `<p><code>${escapeHtml(trace.id)}</code> started ${started}, took ${formatDuration(trace.duration)}</p>
<ol class="waterfall">
${trace.spans.map((span) => renderSpan(trace, span)).join("\n")}
</ol>`;
}

function renderSpan(trace: Trace, span: Span): string {
  const { offset, width } = placement(trace, span);
  const bar = `left:${offset.toFixed(2)}%;width:${width.toFixed(2)}%`;
  return `<li class="${hasFailed(span) ? "failed " : ""}${escapeHtml(span.kind)}">
<div class="name" style="padding-left:${span.depth}rem">${escapeHtml(spanTitle(trace, span))} <small>${escapeHtml(span.kind)}</small></div>
<div class="time">${formatDuration(span.duration)}</div>
<div class="track"><span class="bar" style="${bar}"></span></div>
<div class="attributes" style="padding-left:${span.depth}rem">${tellingAttributes(span).map(escapeHtml).join(" · ")}</div>
</li>`;
}
