import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { getJson } from "../../page/http.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../../cli/freePort.ts";
import { silentReport } from "../../cli/silentReport.ts";

/** What a monitor's limits become in Prometheus' configuration, each too low for a target. */
const tooLow = {
  sampleLimit: { sample_limit: 10 },
  targetLimit: { target_limit: 1 },
  labelLimit: { label_limit: 2 },
  bodySizeLimit: { body_size_limit: "1KB" },
};

describe("the limits of a monitor, in Prometheus", function () {
  this.timeout(20 * 60_000); // the first time it is built
  let folder: string;
  let url: string;

  before("start Prometheus, which scrapes itself", async () => {
    folder = mkdtempSync(join(tmpdir(), "limits-"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const targets = [`127.0.0.1:${port}`, `localhost:${port}`];
    const job = (name: string, limit: object) => ({
      job_name: name,
      static_configs: [{ targets, labels: { namespace: "shop" } }],
      ...limit,
    });
    const config = {
      global: { scrape_interval: "1s" },
      scrape_configs: [job("honest", {}), ...Object.entries(tooLow).map(([name, limit]) => job(name, limit))],
    };
    const program = {
      name: "prometheus",
      command: (await ensureTools(["prometheus"], sandboxPaths(), silentReport)).prometheus,
      args: [...["--config.file=prometheus.yml", "--storage.tsdb.path=data"], `--web.listen-address=127.0.0.1:${port}`],
      env: {},
      files: { "prometheus.yml": dump(config) },
      ports: [port],
      ready: [`${url}/-/ready`],
      url,
    };
    await startPrograms([program], folder, silentReport);
  });
  after("end it", async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true, force: true });
  });

  it("make a target that goes beyond them down, so that TargetDown names its namespace, and take nothing of it", async () => {
    await eventually(async () => {
      const up = await query("min by (namespace, job) (up)");
      const down = Object.fromEntries(Object.keys(tooLow).map((job) => [`shop/${job}`, "0"]));
      assert.deepEqual(up, { "shop/honest": "1", ...down });
    }, 30_000);
    assert.deepEqual(Object.keys(await query("count by (namespace, job) (prometheus_build_info)")), ["shop/honest"]);
  });

  async function query(expression: string): Promise<Record<string, string>> {
    const { data } = (await getJson(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`)) as {
      data: { result: { metric: { namespace: string; job: string }; value: [number, string] }[] };
    };
    return Object.fromEntries(data.result.map(({ metric, value }) => [`${metric.namespace}/${metric.job}`, value[1]]));
  }
});
