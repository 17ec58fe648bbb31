import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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
import {
  type AnyValue,
  awkwardPatterns,
  hidingNames,
  maskedText,
  type Names,
  plainNames,
  randomText,
  randomValue,
  texts,
} from "../support/maskedValues.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const [otlp, sink] = [17815, 17816];

const patterns = [...maskedByDefault, ...awkwardPatterns];

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
  traceState: `shop=${samples[2] ?? ""}`,
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
    const processors = masking(patterns);
    const pipeline = { receivers: ["otlp"], processors: Object.keys(processors), exporters: ["otlp_http"] };
    const config = {
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${otlp}` } } } },
      processors,
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
  afterEach(async () => {
    // The next one listens where this one does.
    const ended = collector && once(collector, "exit");
    collector?.kill();
    await ended;
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
      for (const secret of secrets) assert.ok(JSON.stringify(payload).includes(secret));
      await send(path, payload);
      for (const secret of secrets) assert.ok(!arrived.includes(secret), `${secret} in ${arrived}`);
      assert.match(arrived, /"number","value":\{"intValue":"7"\}/);
    });

  it("are texts: names, bytes, schema URLs and what stands in links are left as they are, as the docs say", async () => {
    const secret = samples[2] ?? "";
    const named = [{ key: `name.${secret}`, value: { boolValue: true } }];
    const bytes = Buffer.from(secret).toString("base64");
    const left = {
      ...span,
      attributes: [...attributes, ...named, { key: "bytes", value: { bytesValue: bytes } }],
      links: [
        { traceId: span.traceId, spanId: span.spanId, traceState: `link=${secret}`, attributes: [attributes[0]] },
      ],
    };
    const schemaUrl = `https://example.org/${secret}`;
    await send("traces", { resourceSpans: [{ schemaUrl, scopeSpans: [{ spans: [left] }] }] });
    for (const place of [`name.${secret}`, `"bytesValue":"${bytes}"`, `link=${secret}`, schemaUrl, samples.join(" ")])
      assert.ok(arrived.includes(place), `${place} is not in ${arrived}`);
  });

  it("is what the patterns match, and nothing else, of any text in any value", () =>
    compare(plainNames, (found, expected, note) => {
      assert.deepEqual(found, expected, note);
    }));

  it("hides behind no name that another has or gets: one of both may be lost", () =>
    compare(hidingNames, (found, expected, note) => {
      for (const each of found) assert.ok(expected.includes(each), `${each}: ${note}`);
    }));

  type Compare = (found: readonly string[], expected: readonly string[], note: string) => void;

  /** Sends records and spans with any values, and compares the texts in them with what the patterns leave of those that were sent. */
  async function compare(names: Names, compareTexts: Compare): Promise<void> {
    const seed = Number(process.env["MASKING_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
    const random = seededRandom(seed);
    const drawn = Array.from({ length: 300 }, () => ({
      attributes: names.map((key) => ({ key, value: randomValue(random, names) })),
      body: randomValue(random, names),
      text: randomText(random),
    }));
    const scoped = (kind: string, each: object[]) => [{ scope: {}, [kind]: each }];
    const records = drawn.map(({ attributes, body, text }) => ({ ...time, attributes, body, eventName: text }));
    const spans = drawn.map(({ attributes, text }) => ({
      ...{ ...span, name: text, traceState: text, attributes, status: { code: 2, message: text } },
      events: [{ ...time, name: text, attributes }],
    }));
    type Masked = { attributes?: { value: AnyValue }[]; body?: AnyValue } & {
      readonly [text in "eventName" | "name" | "traceState"]?: string;
    };
    type Received = { resourceLogs: { scopeLogs: { logRecords: Masked[] }[] }[] } & {
      resourceSpans: {
        scopeSpans: { spans: (Masked & { status: { message?: string }; events: Masked[] })[] }[];
      }[];
    };
    const ofAttributes = ({ attributes = [] }: Masked) => texts(attributes.map(({ value }) => value));
    const expected = (values: readonly AnyValue[]) =>
      texts(texts(values).map((stringValue) => ({ stringValue: maskedText(stringValue, patterns) })));

    await send("logs", { resourceLogs: [{ scopeLogs: scoped("logRecords", records) }] });
    const logRecords = (JSON.parse(arrived) as Received).resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [];
    arrived = "";
    await send("traces", { resourceSpans: [{ scopeSpans: scoped("spans", spans) }] });
    const received = (JSON.parse(arrived) as Received).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    assert.deepEqual([logRecords.length, received.length], [drawn.length, drawn.length]);
    for (const [index, { attributes, body, text }] of drawn.entries()) {
      const [record, one] = [logRecords[index], received[index]];
      assert.ok(record && one);
      const note = `MASKING_SEED=${seed}, ${JSON.stringify(drawn[index])}`;
      const all = expected(attributes.map(({ value }) => value));
      for (const masked of [record, one, one.events[0] ?? {}]) compareTexts(ofAttributes(masked), all, note);
      compareTexts(texts(record.body === undefined ? [] : [record.body]), expected([body]), note);
      for (const masked of [record.eventName, one.name, one.traceState, one.status.message, one.events[0]?.name])
        assert.equal(masked ?? "", maskedText(text, patterns), note);
    }
  }

  async function send(path: string, payload: object): Promise<void> {
    await fetch(`http://127.0.0.1:${otlp}/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(payload),
    });
    await eventually(() => {
      assert.match(arrived, /masked/);
      JSON.parse(arrived);
      return Promise.resolve();
    }, 20_000);
    assert.doesNotMatch(arrived, /redaction/, "a mark is left");
  }
});
