import assert from "node:assert/strict";
import { z } from "zod";
import { query, readFigures, type Sample } from "../../page/figures.ts";
import { getJson } from "../../page/http.ts";
import { findTraces, getTrace } from "../../page/traces.ts";
import type { Trace } from "../../page/model/trace.ts";
import { type PlannedRequest, type RequestKind, sendTraffic } from "../../sandbox/telemetry/traffic.ts";
import { eventually } from "./eventually.ts";

/** A data path that runs, and has not been asked anything but whether it is well. */
export interface DataPath {
  /** Base URL of the sample API. */
  readonly app: string;
  /** Base URL of an upstream that fails when asked to; without one the plan has no failures of it. */
  readonly upstream?: string;
  /** The whole URL that `GET /hello` calls. */
  readonly upstreamUrl: string;
  readonly jaeger: string;
  readonly prometheus: string;
  /** The requests that are sent; orders are not among them. */
  readonly plan: readonly PlannedRequest[];
  /** Milliseconds that a figure may take to arrive, by the intervals of export and scrape. */
  readonly patience: number;
}

const service = "python-api";
const requests = "http_server_request_duration_seconds";

/** Route, as the instrumentation names it, and status of each kind of request. */
const outcomes: Readonly<Record<Exclude<RequestKind, "order">, readonly [route: string, status: number]>> = {
  unknownPath: ["", 404],
  hello: ["/hello", 200],
  upstreamFailure: ["/hello", 502],
  item: ["/items/{item_id}", 200],
  invalidItem: ["/items/{item_id}", 422],
};

/** Sends the requests, and registers the tests of what Jaeger and Prometheus must then have: on loopback and on a real cluster. */
export function testDataPath({ app, upstream = "", upstreamUrl, jaeger, prometheus, plan, patience }: DataPath): void {
  const expected = Object.entries(outcomes).flatMap(([kind, [route, status]]) => {
    const count = plan.filter((request) => request.kind === kind).length;
    return count === 0 ? [] : [{ route, status: String(status), count }];
  });
  const instant = (expression: string): Promise<Sample[]> => query(prometheus, expression);

  before(async () => {
    const { statuses, unanswered } = await sendTraffic(plan, { app, upstream }, () => undefined);
    const wanted: Record<string, number> = {};
    for (const { status, count } of expected) wanted[status] = (wanted[status] ?? 0) + count;
    assert.deepEqual({ statuses, unanswered }, { statuses: wanted, unanswered: 0 });
  });

  let traces: Trace[];

  it("has one trace for every request with ratio 1, and none for health checks", async () => {
    await eventually(async () => {
      traces = await findTraces(jaeger, { service, limit: 1000 });
      assert.equal(traces.length, plan.length);
    }, patience);
    const servers = traces.flatMap(({ spans }) => spans).filter(({ kind }) => kind === "server");
    assert.equal(servers.length, plan.length);
    // Whoever started it waited for /healthz, so it was asked for.
    assert.deepEqual(
      servers.filter(({ attributes }) => attributes["url.path"] === "/healthz"),
      [],
    );
  });

  it("shows GET /hello with the client span to the upstream below the server span", () => {
    const hello = traces.find(({ spans }) => spans[0]?.attributes["http.route"] === "/hello");
    assert.deepEqual(
      hello?.spans.map(({ name, kind, depth }) => [name, kind, depth]),
      [
        ["GET /hello", "server", 0],
        ["GET", "client", 1],
      ],
    );
    assert.equal(hello.spans[1]?.attributes["url.full"], upstreamUrl);
  });

  it("has no spans of single messages", () => {
    const items = traces.filter(({ spans }) => spans[0]?.attributes["http.route"] === "/items/{item_id}");
    assert.deepEqual([items.length > 0, items.filter(({ spans }) => spans.length !== 1)], [true, []]);
  });

  it("counts in Prometheus what was sent, by route and status", async () => {
    await eventually(async () => {
      const { routes, requests: total } = await readFigures(prometheus, service);
      assert.deepEqual(
        routes.map(({ route, status, total: count }) => ({ route, status, count })),
        expected,
      );
      assert.equal(total, plan.length);
    }, patience);
  });

  it("gives error rate and quantiles that fit", async () => {
    const { errorRatio, quantiles } = await readFigures(prometheus, service);
    assert.equal(errorRatio, plan.filter(({ kind }) => kind === "upstreamFailure").length / plan.length);
    const { p50 = 0, p95 = 0, p99 = 0 } = quantiles;
    assert.ok(0 < p50 && p50 <= p95 && p95 <= p99 && p99 < 10, JSON.stringify(quantiles));
  });

  it("has span metrics of every request", async () => {
    await eventually(async () => {
      const [calls] = await instant(
        `sum(traces_span_metrics_calls_total{service_name="${service}",span_kind="SPAN_KIND_SERVER"})`,
      );
      assert.equal(calls?.value, plan.length);
    }, patience);
    // The spans of messages would be here.
    assert.deepEqual(await instant(`{__name__=~"traces_span_metrics_.*",span_kind="SPAN_KIND_INTERNAL"}`), []);
    const [histogram] = await instant(`count({__name__=~"traces_span_metrics_duration_.*_bucket"})`);
    assert.ok((histogram?.value ?? 0) > 0);
  });

  it("labels the app's metrics with its identity and the HTTP conventions, and nothing else of the resource", async () => {
    const labels = (await instant(`${requests}_count{http_route="/hello",http_response_status_code="200"}`))[0]?.labels;
    assert.deepEqual(Object.keys(labels ?? {}).sort(), [
      ...["__name__", "container", "endpoint", "exported_instance", "exported_job", "http_request_method"],
      ...[
        "http_response_status_code",
        "http_route",
        "job",
        "k8s_deployment_name",
        "k8s_namespace_name",
        "k8s_pod_name",
      ],
      ...["namespace", "network_protocol_version", "otel_start_time", "service", "service_name", "url_scheme"],
    ]);
    assert.equal(labels?.service_name, service);
    assert.equal(labels.k8s_namespace_name, "python-api");
    assert.equal(labels.k8s_deployment_name, "python-api");
  });

  it("keeps the number of series of a pod small", async () => {
    const [count] = await instant(`count({job="otel-collector",k8s_pod_name!=""})`);
    const [byRequest] = await instant(`count(${requests}_count)`);
    assert.equal(byRequest?.value, expected.length);
    assert.ok((count?.value ?? 0) > 100 && (count?.value ?? 0) < 700, `series of the pod: ${count?.value ?? 0}`);
    // target_info is the one series that holds the whole resource; the others are Prometheus' own of the scrape.
    const [others] = await instant(
      `count({job="otel-collector",k8s_pod_name="",__name__!~"up|scrape_.*|target_info|traces_.*"})`,
    );
    assert.equal(others, undefined);
    const resource = [
      "k8s_node_name",
      "k8s_replicaset_name",
      "k8s_container_name",
      "service_version",
      "otel_scope_name",
    ];
    for (const label of [...resource, "service_namespace", "telemetry_sdk_name", "collector_instance_id"]) {
      const [found] = await instant(`count({job="otel-collector",__name__!="target_info",${label}!=""})`);
      assert.equal(found, undefined, label);
    }
  });

  it("keeps the collector's own metrics apart from the app's", async () => {
    const jobs = async (name: string) =>
      (await instant(`count by (job) ({__name__=~"${name}"})`)).map(({ labels }) => labels.job);
    assert.deepEqual(await jobs(`${requests}.*`), ["otel-collector"]);
    // Jaeger v2 is a collector too.
    const collectors = await jobs("otelcol_receiver_accepted_spans.*");
    assert.deepEqual(collectors.sort(), ["jaeger-collector-monitoring", "otel-collector-monitoring"]);
  });

  it("leads from an exemplar of a latency bucket to a trace that Jaeger knows", async () => {
    const answer = z.object({
      data: z.array(z.object({ exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()) })) })),
    });
    const now = Math.ceil(Date.now() / 1000);
    const parameters = new URLSearchParams({ query: `${requests}_bucket`, start: String(now - 300), end: String(now) });
    const { data } = answer.parse(await getJson(`${prometheus}/api/v1/query_exemplars?${parameters.toString()}`));
    const ids = data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id ?? ""));
    assert.ok(ids.length > 0, "no exemplar");
    for (const id of ids) assert.ok((await getTrace(jaeger, id)) !== undefined, `Jaeger does not know trace ${id}`);
  });
}
