import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { dump } from "js-yaml";
import { maskedByDefault } from "../../settings/maskPatterns.ts";
import { masking } from "../../components/telemetry/masking.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { createReport } from "../../cli/report.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const [otlp, sink] = [17815, 17816];

/** None of these is or was a secret. */
const samples = ["Bearer harmless-sample.0123", "https://shop:harmless@example.org/x", "AKIAHARMLESSSAMPLE01"];
const secrets = ["harmless-sample", "shop:harmless@", "AKIAHARMLESS"];
const text = { stringValue: samples.join(" ") };
const list = { arrayValue: { values: samples.map((stringValue) => ({ stringValue })) } };
const map = { kvlistValue: { values: [{ key: "inner", value: list }] } };

/** The same in each form that a value may have, beside a number that has to stay one. */
const attributes = [
  { key: "text", value: text },
  { key: "list", value: list },
  { key: "map", value: map },
  { key: "number", value: { intValue: "7" } },
];
const scope = { name: `scope ${samples[0] ?? ""}`, version: samples[1], attributes };
const time = { timeUnixNano: "1795867200000000000" };
const bodies = [text, list, map].map((body) => ({
  ...{ ...time, body, attributes, eventName: `event ${samples[0] ?? ""}`, severityText: samples[2] },
}));
const span = {
  ...{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", kind: 2 },
  ...{ name: `GET ${samples[1] ?? ""}`, startTimeUnixNano: time.timeUnixNano, endTimeUnixNano: time.timeUnixNano },
  ...{ attributes, status: { code: 2, message: samples[0] }, events: [{ ...time, name: samples[0], attributes }] },
};

describe("what is masked", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let [collector, server]: [ChildProcess | undefined, Server | undefined] = [undefined, undefined];
  let arrived = "";

  beforeEach(async () => {
    arrived = "";
    server = createServer((request, response) => {
      request.on("data", (piece: Buffer) => (arrived += piece.toString()));
      request.on("end", () => response.end("{}"));
    }).listen(sink, "127.0.0.1");
    const pipeline = { receivers: ["otlp"], processors: ["transform/masking"], exporters: ["otlp_http"] };
    const config = {
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${otlp}` } } } },
      processors: { "transform/masking": masking(maskedByDefault) },
      exporters: { otlp_http: { endpoint: `http://127.0.0.1:${sink}`, encoding: "json", compression: "none" } },
      service: { telemetry: { metrics: { level: "none" } }, pipelines: { logs: pipeline, traces: pipeline } },
    };
    writeFileSync(join(folder(), "config.yaml"), dump(config, { lineWidth: -1 }));
    const { otelcol } = await ensureTools(["otelcol"], sandboxPaths(), createReport());
    collector = spawn(otelcol, ["--config", join(folder(), "config.yaml")], { stdio: "ignore" });
    await eventually(async () => {
      await fetch(`http://127.0.0.1:${otlp}`);
    }, 30_000);
  });
  afterEach(() => {
    collector?.kill();
    server?.close();
  });

  for (const [signal, path, payload] of [
    [
      "log record",
      "logs",
      { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ scope, logRecords: bodies }] }] },
    ],
    ["span", "traces", { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope, spans: [span] }] }] }],
  ] as const)
    it(`stands in no place of a ${signal} any more: text, list or map, of resource, scope, event or its own`, async () => {
      const sent = JSON.stringify(payload);
      for (const secret of secrets) assert.ok(sent.includes(secret));
      await fetch(`http://127.0.0.1:${otlp}/v1/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: sent,
      });
      await eventually(() => {
        assert.match(arrived, /masked/);
        return Promise.resolve();
      }, 20_000);
      for (const secret of secrets) assert.ok(!arrived.includes(secret), `${secret} in ${arrived}`);
      assert.match(arrived, /"number","value":\{"intValue":"7"\}/);
    });
});
