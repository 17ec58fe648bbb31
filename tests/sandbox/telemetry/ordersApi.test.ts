import assert from "node:assert/strict";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { ordersApi } from "../../../sandbox/telemetry/ordersApi.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";
import { teamObjects } from "../../../review/program/teamObjects.ts";

describe("ordersApi", () => {
  it("is started under the injected environment, with what it calls on this machine", async () => {
    const inputs = { objects: stackObjects(), folder: "/state", ports: userPorts, project: "/project" };
    const program = ordersApi(inputs, await teamObjects(), "/my packages");
    const { CATALOGUE_URL, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, HOST, PORT } = program.env;
    assert.deepEqual(
      { CATALOGUE_URL, NODE_OPTIONS, OTEL_EXPORTER_OTLP_ENDPOINT, HOST, PORT },
      {
        CATALOGUE_URL: "http://127.0.0.1:8000",
        // In quotes: Node takes the words apart at spaces.
        NODE_OPTIONS:
          '--require "/state/mounted/orders-api/fluffy-observability/endAtSigterm.cjs" ' +
          '--require "/my packages/autoinstrumentation.js"',
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
        HOST: "127.0.0.1",
        PORT: "8080",
      },
    );
    assert.deepEqual([program.cwd, program.args, program.ports], ["/project/apps/orders-api", ["main.js"], [8080]]);
    assert.deepEqual(Object.keys(program.files), ["mounted/orders-api/fluffy-observability/endAtSigterm.cjs"]);
    assert.deepEqual(program.ready, ["http://127.0.0.1:8080/healthz"]);
  });
});
