import { planTraffic } from "../../sandbox/telemetry/traffic.ts";
import { e2eUpstream } from "../../scripts/e2e/settings.ts";
import { testDataPath } from "../support/dataPath.ts";

/** Set by `npm run e2e`: local addresses of the endpoints, by their names. */
const { sampleApi, jaeger, prometheus } = JSON.parse(process.env["E2E_LINKS"] ?? "{}") as Record<string, string>;
if (sampleApi === undefined || jaeger === undefined || prometheus === undefined) {
  throw new Error("run npm run e2e: it makes the cluster and sets E2E_LINKS");
}

describe("the data path on a cluster", function () {
  this.timeout(600_000);

  testDataPath({
    ...{ app: sampleApi, jaeger, prometheus },
    upstreamUrl: e2eUpstream,
    // Its upstream is one that cannot be told to fail.
    plan: planTraffic(5, 40).filter(({ kind }) => kind !== "upstreamFailure"),
    patience: 120_000,
  });
});
