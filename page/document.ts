import { waterfallStyle } from "./model/waterfallStyle.ts";

/** The page's document: its frame, which the script fills. */
export const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>fluffy-observability</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/node_modules/uplot/dist/uPlot.min.css">
<link rel="stylesheet" href="/page/browser/page.css">
<style>${waterfallStyle}</style>
<script type="module" src="/page/browser/main.ts"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<nav id="views" aria-label="Views"></nav>
<div id="choices" role="group" aria-label="What is shown"></div>
</header>
<main id="content" tabindex="-1" aria-live="off"></main>
<footer><ul id="left-out"></ul><nav aria-label="The programs' own pages"><ul id="links"></ul></nav></footer>
<noscript>This page draws with a script.</noscript>
</body>
</html>
`;
