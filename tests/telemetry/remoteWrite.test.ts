import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { freePort } from "../../cli/freePort.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { getJson } from "../../page/http.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { userPorts } from "../../sandbox/telemetry/loopback.ts";
import { localPrometheus } from "../../sandbox/telemetry/prometheusConfig.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { eventually } from "../support/eventually.ts";

describe("prometheus.remoteWrite, with two of Prometheus", function () {
  this.timeout(20 * 60_000); // the first time it is built
  let folder: string;
  let store: string;

  before("start the one that sends, by the stack's own object, and the one that takes", async () => {
    folder = mkdtempSync(join(tmpdir(), "remote-write-"));
    const [sending, taking] = [await freePort(), await freePort()];
    store = `http://127.0.0.1:${taking}`;
    const objects = stackObjects({
      prometheus: JSON.stringify({ scrapeInterval: "1s", remoteWrite: [{ url: `${store}/api/v1/write` }] }),
      cluster: JSON.stringify({ name: "eu-1" }),
    });
    const { config, args } = localPrometheus(objects, { ...userPorts, prometheus: sending }, "data");
    const command = (await ensureTools(["prometheus"], sandboxPaths(), silentReport)).prometheus;
    const program = (name: string, port: number, content: object, more: string[]) => ({
      ...{ name, command, env: {}, ports: [port], url: `http://127.0.0.1:${port}` },
      args: [`--config.file=${name}.yml`, ...more],
      files: { [`${name}.yml`]: dump(content) },
      ready: [`http://127.0.0.1:${port}/-/ready`],
    });
    const programs = [
      program("taking", taking, {}, [
        ...["--web.enable-remote-write-receiver", "--storage.tsdb.path=taken"],
        `--web.listen-address=127.0.0.1:${taking}`,
      ]),
      program("sending", sending, config, args),
    ];
    await startPrograms(programs, folder, silentReport);
  });
  after("end both", async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true, force: true });
  });

  it("takes samples to the other one, which knows of which cluster and pod they are", async () => {
    await eventually(async () => {
      const query = 'prometheus_build_info{job="prometheus-operated"}';
      const { data } = (await getJson(`${store}/api/v1/query?query=${encodeURIComponent(query)}`)) as {
        data: { result: { metric: Record<string, string> }[] };
      };
      const [series] = data.result;
      assert.deepEqual(
        [series?.metric["k8s_cluster_name"], series?.metric["prometheus_replica"]],
        ["eu-1", "prometheus-prometheus-0"],
      );
    }, 60_000);
  });
});
