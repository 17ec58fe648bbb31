import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { namespaces, ports, serviceHost, services } from "../../catalog/names.ts";
import { EncryptedPlatform, encryptedPrograms as programs } from "../support/encryptedPlatform.ts";
import { eventually } from "../support/eventually.ts";
import { logsRequest, sendSpans, spansRequest } from "../support/otlp.ts";
import { hasOpenSsl, TestAuthority } from "../support/testAuthority.ts";
import { describeWhere } from "../support/prerequisites.ts";

const service = { "service.name": "shop" };
/** Spans and log records of each request; each request is a connection of its own. */
const perRequest = 10;

describeWhere(hasOpenSsl, "OpenSSL")("TLS with real programs", function () {
  this.timeout(20 * 60_000); // the first time they are built
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-authorities-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  describe("while certificates are renewed", () => {
    const platform = new EncryptedPlatform(22_100);
    let sent = 0;

    before(() => platform.start());
    after(() => platform.remove());

    /** Sends ten requests of either kind a second; each has to be taken. */
    async function load(end: AbortSignal): Promise<void> {
      while (!end.aborted) {
        const next = sleep(100);
        const span = { name: "load", kind: "server" } as const;
        await platform.send(
          "traces",
          spansRequest(
            service,
            Array.from({ length: perRequest }, () => span),
          ),
        );
        const lines = Array.from({ length: perRequest }, (_, index) => `line ${sent + index}`);
        await platform.send("logs", logsRequest(service, lines));
        sent += perRequest;
        await next;
      }
    }

    it("loses no span and no log record, and starts nothing anew", async () => {
      const before = new Map(programs.map((program) => [program, platform.file(program)]));
      const pids = platform.pids();
      assert.equal(pids.length, programs.length);
      const end = new AbortController();
      const loading = load(end.signal);
      await sleep(2000);
      for (const program of programs) platform.renew(program);
      await Promise.race([
        loading,
        eventually(async () => {
          for (const program of programs) {
            assert.notEqual(platform.file(program), before.get(program));
            assert.equal(await platform.shown(program), platform.file(program), program);
          }
        }, 60_000),
      ]);
      await sleep(2000);
      end.abort();
      await loading;
      assert.deepEqual(platform.pids(), pids);
      await eventually(async () => {
        assert.equal(await storedSpans(platform), sent);
        assert.equal(await storedLines(platform), sent);
      }, 60_000);
      assert.ok(sent > 100, String(sent));
    });

    it("scrapes all of them, and tells Alertmanager, by certificates that are checked", async () => {
      await eventually(async () => {
        assert.deepEqual(await targetsThatAreDown(platform), []);
        assert.deepEqual(await alerts(platform), ["Always"]);
      }, 60_000);
    });

    it("shows in Jaeger what Prometheus has counted", async () => {
      const query = "service=shop&spanKind=server&lookback=600000&step=10000&ratePer=60000";
      await eventually(async () => {
        const { metrics } = (await platform.ask("jaeger", `/api/metrics/calls?${query}`)) as { metrics: unknown[] };
        assert.equal(metrics.length, 1);
      }, 60_000);
    });

    it("takes nothing that is not encrypted", async () => {
      const { status } = await fetch(`http://${platform.collectorAddress()}/v1/traces`, { method: "POST", body: "{}" });
      assert.equal(status, 400);
    });

    it("is refused by an application that knows another CA, in a line", async () => {
      const { certificate } = new TestAuthority(path.join(folder, "application"));
      await assert.rejects(platform.send("traces", spansRequest(service, []), certificate), /certificate/);
    });
  });

  it("takes what applications of 06fdc80 go on sending in the clear where TLS is inside only, and shows it", async () => {
    // What the Instrumentation of that commit says in stack prod.
    const endpoint = new URL("http://otel-collector.observability.svc:4318");
    assert.equal(endpoint.host, `${serviceHost(services.collector, namespaces.observability)}:${ports.otlpHttp}`);
    const platform = new EncryptedPlatform(22_100, false);
    try {
      await platform.start();
      const span = { name: "GET /hello", kind: "server", attributes: { "http.request.method": "GET" } } as const;
      await sendSpans(`${endpoint.protocol}//${platform.collectorAddress()}`, service, [span, span]);
      await eventually(async () => {
        assert.equal(await storedSpans(platform), 2);
        assert.equal(await countedRequests(platform), 2);
      }, 60_000);
    } finally {
      await platform.remove();
    }
  });

  it("says in a line of the collector that its CA is the wrong one, and keeps what it has", async () => {
    const platform = new EncryptedPlatform(22_100);
    const other = new TestAuthority(path.join(folder, "other"));
    try {
      await platform.start(other);
      await platform.send("traces", spansRequest(service, [{ name: "kept", kind: "server" }]), other.certificate);
      await platform.send("logs", logsRequest(service, ["kept"]), other.certificate);
      const line = /tls: failed to verify certificate: x509: certificate signed by unknown authority/;
      await eventually(() => {
        const lines = platform
          .log("collector")
          .split("\n")
          .filter((text) => line.test(text));
        for (const exporter of ["load_balancing", "otlp_http/logs"]) {
          assert.ok(
            lines.some((text) => text.includes(exporter)),
            `${exporter}: ${lines.join("\n")}`,
          );
        }
        return Promise.resolve();
      }, 30_000);
      // With the right one it goes on at the next start of the pod; nothing was refused until then.
      assert.doesNotMatch(platform.log("collector"), /Dropping data|dropped/);
    } finally {
      await platform.remove();
    }
  });
});

async function storedSpans(platform: EncryptedPlatform): Promise<number> {
  const { data } = (await platform.ask("jaeger", "/api/traces?service=shop&limit=100000")) as {
    data: { spans: { spanID: string }[] }[];
  };
  return new Set(data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID))).size;
}

async function countedRequests(platform: EncryptedPlatform): Promise<number> {
  const query = encodeURIComponent('sum(traces_span_metrics_calls_total{service_name="shop"})');
  const { data } = (await platform.ask("prometheus", `/api/v1/query?query=${query}`)) as {
    data: { result: { value: [number, string] }[] };
  };
  return Number(data.result[0]?.value[1] ?? 0);
}

async function storedLines(platform: EncryptedPlatform): Promise<number> {
  const query = encodeURIComponent("* | stats count_uniq(_msg) lines");
  const { lines } = (await platform.ask("logs", `/select/logsql/query?query=${query}`)) as { lines: string };
  return Number(lines);
}

/** What Prometheus could not scrape, with the reason; all of it, where it looked at nothing yet. */
async function targetsThatAreDown(platform: EncryptedPlatform): Promise<string[]> {
  const { data } = (await platform.ask("prometheus", "/api/v1/targets?state=active")) as {
    data: { activeTargets: { labels: { job: string }; scrapeUrl: string; health: string; lastError: string }[] };
  };
  const urls = data.activeTargets.map(({ scrapeUrl }) => new URL(scrapeUrl).protocol);
  assert.ok(urls.filter((protocol) => protocol === "https:").length >= 8, urls.join());
  return data.activeTargets
    .filter(({ health }) => health !== "up")
    .map(({ labels, health, lastError }) => `${labels.job} is ${health}: ${lastError}`);
}

async function alerts(platform: EncryptedPlatform): Promise<string[]> {
  const found = (await platform.ask("alertmanager", "/api/v2/alerts")) as { labels: { alertname: string } }[];
  return found.map(({ labels }) => labels.alertname);
}
