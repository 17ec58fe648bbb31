import assert from "node:assert/strict";
import { readFigures } from "../../scripts/bench/sizingFigures.ts";
import { ports } from "../../catalog/names.ts";
import { exampleService } from "../../scripts/bench/sizingSeries.ts";
import { sendMetrics, sendSpans } from "../../scripts/bench/sizingService.ts";
import { eventually } from "../support/eventually.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";
import { TelemetryStack } from "../support/telemetryStack.ts";

const pods = 3;

describe("a service of a usual size", function () {
  this.timeout(300_000);
  const figures = readFigures(tableUnder(readProjectFile("docs/production.md"), "What was measured"));
  const stack = new TelemetryStack(21700, {});
  before(() => stack.start("jaeger", "collector"));
  after(() => stack.remove());

  /** What the Collector shows of it at a port. */
  const shown = async (port: number) => {
    const answer = await fetch(`http://127.0.0.1:${stack.ports.collector[port] ?? 0}/metrics`);
    return (await answer.text()).split("\n").filter((line) => line.includes(`"${exampleService}"`));
  };

  it("has as many series at the Collector as docs/production.md reckons with", async () => {
    const service = { collector: stack.urls.collector, name: exampleService, pods, began: Date.now() };
    await sendSpans(service);
    await sendMetrics(service);
    await eventually(async () => {
      assert.equal((await shown(ports.collectorSpanMetrics)).length, figures.spanSeries);
    }, 60_000);
    const kinds = [ports.collectorHistograms, ports.collectorCounters, ports.collectorGauges];
    const lines = (await Promise.all(kinds.map(shown))).flat();
    const ofPod = lines.filter((line) => line.includes("k8s_pod_name")).length / pods;
    // What rules record of each pod comes to these.
    assert.ok(ofPod > 0.95 * figures.podSeries && ofPod < figures.podSeries, `${ofPod} of ${figures.podSeries}`);
  });
});
