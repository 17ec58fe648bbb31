import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { stackConfig } from "../../../review/program/stackConfig.ts";
import { resourcesOf } from "../../../scripts/bench/sizingResources.ts";
import { servicesUpTo, sizeText, sizingTable, usualLoad } from "../../../scripts/bench/sizingTable.ts";
import { tableUnder } from "../../support/markdown.ts";
import { figures } from "../../support/sizingFigures.ts";

const prod = parseSettings(stackConfig("prod"));
const table = sizingTable(figures, prod);
const rows = tableUnder(`# Sizing\n\n${table}`, "Sizing");

describe("sizingTable", () => {
  it("has for usual numbers of services what they take, as settings have it", () => {
    const { collectorReplicas, prometheusMemory, logsVolume } = resourcesOf(usualLoad(200, prod), figures);
    const row = rows.find(([services]) => services === "200");
    assert.deepEqual(
      [row?.[2], row?.[4], row?.[10]],
      [sizeText(prometheusMemory), String(collectorReplicas), sizeText(logsVolume)],
    );
  });

  it("says what services it is for", () => {
    assert.match(
      table,
      /^Each service has 5 pods and answers 20 requests a second, .* 10 % of the traces for 7 days, logs for 30 days\./,
    );
  });

  it("begins where another store takes over, with the first number of services for which one pod is too few", () => {
    const count = (text = "") => Number(text.replaceAll(",", ""));
    for (const [column, cell] of [
      [2, "prometheus.remoteWrite"],
      [7, "jaeger.storage: elasticsearch"],
      [9, "logs.otlpEndpoint"],
    ] as const) {
      const over = rows.filter((row) => row[column]?.includes(cell));
      assert.ok(over.length > 0 && over.length < rows.length, cell);
      const first = count(over[0]?.[0]);
      assert.ok(
        rows.every((row) => count(row[0]) >= first === row[column]?.includes(cell)),
        cell,
      );
    }
  });

  it("ends Badger at the rate that was measured where its volume would last", () => {
    const slow = sizingTable({ ...figures, jaegerRate: 60 }, prod);
    // 20 requests of 3 spans, of which a tenth is kept, are 6 spans a second of each service.
    assert.match(slow, /^\| 11 \|.*jaeger\.storage: elasticsearch/m);
  });

  it("ends a single Prometheus where its volume is full before its memory", () => {
    const long = sizingTable({ ...figures, sampleBytes: 100 * figures.sampleBytes }, prod);
    const shards = long.split("\n").find((line) => line.includes("prometheus.shards: 2")) ?? assert.fail(long);
    const first = Number(shards.split(" | ")[0]?.replace(/\D/g, ""));
    const volume = (services: number) =>
      resourcesOf(usualLoad(services, prod), { ...figures, sampleBytes: 100 * figures.sampleBytes }).prometheusVolume;
    assert.ok(volume(first) > 2 ** 20 && volume(first - 1) <= 2 ** 20, shards);
  });

  it("says for how many services stack prod suffices", () => {
    const most = servicesUpTo((services) => resourcesOf(usualLoad(services, prod), figures).prometheusMemory <= 8192);
    assert.ok(table.includes(`\`prometheus.memoryLimit: 8Gi\` for ${most.toLocaleString("en")}`), table);
    assert.match(table, /`jaeger\.memoryLimit: 4Gi` for any/);
  });
});

describe("sizeText", () => {
  it("is a quantity of the settings that is enough", () => {
    assert.deepEqual(
      [[1], [300], [900], [1024], [1025], [20_480], [20_481], [100, "512Mi"]].map(([size, least]) =>
        sizeText(Number(size), least === undefined ? undefined : String(least)),
      ),
      ["256Mi", "512Mi", "1Gi", "1Gi", "2Gi", "20Gi", "30Gi", "512Mi"],
    );
  });
});

describe("servicesUpTo", () => {
  it("is the last number for which something suffices", () => {
    assert.deepEqual(
      [0, 1, 17, 999_999].map((last) => servicesUpTo((services) => services <= last)),
      [0, 1, 17, 999_999],
    );
  });
});
