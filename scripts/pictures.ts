import { join } from "node:path";
import { parseSettings } from "../settings/read.ts";
import { ports } from "../catalog/names.ts";
import { dashboards } from "../dashboards/index.ts";
import { npmCommand, runScript, UsageError } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { writeFileAtomically } from "../cli/files.ts";
import { chart } from "./pictures/chart.ts";
import { type DataSource, readPanel } from "./pictures/panelData.ts";
import { sheet } from "./pictures/sheet.ts";

/** The pictures of the README: by file, the dashboard and those of its graphs that say most. */
const pictures: Readonly<Record<string, { dashboard: string; graphs: readonly string[] }>> = {
  api: {
    dashboard: "API",
    graphs: [
      "Requests by status",
      "Failed requests by route",
      "Duration",
      "Duration by route, p95",
      "Duration of calls by target, p95",
      "Processor by pod",
    ],
  },
  collector: {
    dashboard: "Collector",
    graphs: ["Received", "Sent", "Queue", "Memory by pod", "Processor by pod", "Series for Prometheus"],
  },
};

const minutes = 10;

const command = npmCommand(
  "pictures",
  "Draws the README's pictures from the data of a Prometheus.",
  "http://127.0.0.1:9090",
).argument("[prometheus]", "address of the Prometheus", parseUrl, `http://127.0.0.1:${ports.prometheus}`);

await runScript(command, async () => {
  const [prometheus = ""] = command.processedArgs as string[];
  const to = Math.floor(Date.now() / 1000);
  const from = to - minutes * 60;
  const variables = { __rate_interval: "1m", namespace: ".*", service: "python-api", route: ".*" };
  const source: DataSource = { prometheus, from, to, step: 5, variables };
  const made = dashboards(parseSettings({}));
  for (const [name, { dashboard: title, graphs }] of Object.entries(pictures)) {
    const dashboard = made.find((each) => each.title === title);
    if (!dashboard) throw new UserError(`there is no dashboard "${title}"`);
    const panels = await Promise.all(graphs.map((graph) => readPanel(dashboard, graph, source)));
    const empty = panels.find(({ series }) => series.every(({ points }) => points.length === 0));
    if (empty) {
      throw new UserError(
        `${prometheus} has no data of "${empty.title}": run "npm run sandbox -- traffic" for ${minutes} minutes`,
      );
    }
    const note =
      "python-api in the sandbox: drawn from its Prometheus by npm run pictures, not a screenshot of Grafana; times in UTC";
    const file = join("docs/images", `${name}.svg`);
    const charts = panels.map((panel) => chart(panel, from, to));
    writeFileAtomically(join(import.meta.dirname, "..", file), sheet(`Dashboard ${title}`, note, charts));
    console.log(file);
  }
});

function parseUrl(text: string): string {
  if (/^https?:\/\/[^\s/]/.test(text)) return text;
  throw new UsageError(`prometheus "${text}": allowed is a URL such as http://127.0.0.1:9090`);
}
