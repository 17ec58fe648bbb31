import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { getJson } from "../../page/http.ts";
import { eventually } from "../support/eventually.ts";
import { KeptStores, storeNames } from "../support/keptStores.ts";
import { sendSpans } from "../support/otlp.ts";

const service = "backed-up";

/** What docs/production.md says about copies of what is kept on volumes, with the real programs. */
describe("backup and restore", function () {
  this.timeout(20 * 60_000); // the first time they are built
  const stores = new KeptStores(22_200);
  const copies = (name: string) => join(stores.volume("backup"), name);
  const { urls } = stores;
  let window: { start: number; end: number };

  /** Samples of the time before the backup. */
  async function samples(): Promise<[number, string][]> {
    const query = encodeURIComponent('prometheus_tsdb_head_samples_appended_total{type="float"}[1h]');
    const answer = (await getJson(`${urls.prometheus}/api/v1/query?query=${query}&time=${window.end}`)) as {
      data: { result: { values: [number, string][] }[] };
    };
    return answer.data.result.flatMap(({ values }) => values).filter(([time]) => time >= window.start);
  }

  /** Names of spans by the id of their trace. */
  async function traces(): Promise<Record<string, string[]>> {
    const { data } = (await getJson(`${urls.jaeger}/api/traces?service=${service}&limit=1000&lookback=1h`)) as {
      data: { traceID: string; spans: { operationName: string }[] }[] | null;
    };
    const found = (data ?? []).map(({ traceID, spans }) => [traceID, spans.map((span) => span.operationName).sort()]);
    return Object.fromEntries(found.sort()) as Record<string, string[]>;
  }

  async function lines(): Promise<string[]> {
    const answer = await fetch(`${urls["victoria-logs"]}/select/logsql/query`, {
      method: "POST",
      body: new URLSearchParams({ query: `service:="${service}"` }),
    });
    const rows = (await answer.text()).split("\n").filter((line) => line !== "");
    return rows.map((row) => (JSON.parse(row) as { _msg: string })._msg).sort();
  }

  const all = async () => ({ samples: await samples(), traces: await traces(), lines: await lines() });

  before("start them with empty volumes", () => stores.start(...storeNames));
  after(() => stores.remove());

  it("bring back every sample, trace and line of before, after all volumes were lost", async () => {
    await storeData();
    const kept = await all();
    assert.deepEqual([Object.keys(kept.traces).length, kept.lines.length], [50, 500]);

    await backUp();
    assert.deepEqual(await all(), kept, "nothing is missing while they go on");

    await stores.end("SIGKILL", ...storeNames);
    for (const name of storeNames) stores.wipe(name);
    await stores.start(...storeNames);
    assert.deepEqual(await all(), { samples: [], traces: {}, lines: [] }, "nothing is left of it");

    await restore();
    assert.deepEqual(await all(), kept);
  });

  async function storeData(): Promise<void> {
    window = { start: Date.now() / 1000, end: 0 };
    const spans = Array.from({ length: 50 }, (_, index) => ({ name: `request ${index}`, kind: "server" }) as const);
    await sendSpans(stores.spans, { "service.name": service }, spans);
    const rows = Array.from({ length: 500 }, (_, index) => ({
      ...{ _time: new Date().toISOString(), _msg: `line ${index}`, service },
    }));
    const sent = await fetch(`${urls["victoria-logs"]}/insert/jsonline?_stream_fields=service`, {
      method: "POST",
      body: rows.map((row) => JSON.stringify(row)).join("\n"),
    });
    assert.ok(sent.ok);
    await eventually(async () => {
      window.end = Date.now() / 1000;
      assert.ok((await samples()).length >= 5);
      assert.equal(Object.keys(await traces()).length, 50);
      assert.equal((await lines()).length, 500);
    }, 30_000);
  }

  /** Prometheus and VictoriaLogs go on; Jaeger, which has no such thing, is ended for the copy. */
  async function backUp(): Promise<void> {
    const post = (url: string) => fetch(url, { method: "POST" }).then((answer) => answer.json());
    const { data } = (await post(`${urls.prometheus}/api/v1/admin/tsdb/snapshot`)) as { data: { name: string } };
    stores.copy(join(stores.volume("prometheus"), "snapshots", data.name), copies("prometheus"));

    const partitions = (await post(`${urls["victoria-logs"]}/internal/partition/snapshot/create`)) as string[];
    assert.ok(partitions.length > 0);
    // .../partitions/20260131/snapshots/NAME
    for (const snapshot of partitions) {
      stores.copy(snapshot, join(copies("victoria-logs"), basename(join(snapshot, "../.."))));
    }

    await stores.end("SIGTERM", "jaeger");
    stores.copy(join(stores.volume("jaeger"), "badger"), copies("jaeger"));
    await stores.start("jaeger");
  }

  /** Into volumes on which the programs have begun anew. */
  async function restore(): Promise<void> {
    await stores.end("SIGTERM", ...storeNames);
    const places = {
      prometheus: stores.volume("prometheus"),
      jaeger: join(stores.volume("jaeger"), "badger"),
      "victoria-logs": join(stores.volume("victoria-logs"), "partitions"),
    };
    for (const name of storeNames) {
      for (const entry of readdirSync(places[name])) rmSync(join(places[name], entry), { recursive: true });
      stores.copy(copies(name), places[name]);
    }
    await stores.start(...storeNames);
  }
});
