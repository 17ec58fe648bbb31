import assert from "node:assert/strict";
import { accessFlows } from "../../../components/network/accessFlows.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const flowsOf = (config: Readonly<Record<string, string>> = {}) =>
  accessFlows(parseSettings(config)).map(
    ({ from, to, ports }) =>
      `${from} > ${to} ${JSON.stringify(ports === "all" ? ports : ports.map(({ port }) => port))}`,
  );

describe("accessFlows", () => {
  it("are none without a host name, but for those of pods that are not there", () => {
    assert.deepEqual(flowsOf(), ["gateway > acmeSolver [8089]"]);
  });

  it("go straight to what has a host name, where the gateway asks for a login", () => {
    assert.deepEqual(flowsOf(variants["hosts behind an Ingress controller that asks for a login"]), [
      "gateway > grafana [3000]",
      "gateway > prometheus [9090]",
      "gateway > alertmanager [9093]",
      "gateway > jaeger [16686]",
      "gateway > logs [9428]",
      "gateway > acmeSolver [8089]",
    ]);
  });

  it("lead to the gateway's own pods where who asks for a host may come out there", () => {
    const site = { controllerNamespace: "gateways", issuer: "ClusterIssuer/letsencrypt" };
    const behind = variants["hosts behind oauth2-proxy"] ?? assert.fail("no variant");
    const access = JSON.stringify({ ...(JSON.parse(behind["access"] ?? "{}") as object), ...site });
    const toGateway = (config: Readonly<Record<string, string>>) =>
      flowsOf(config).filter((flow) => flow.includes("> gateway"));
    assert.deepEqual(toGateway({ ...behind, access }), [
      'certManager > gateway "all"',
      'grafana > gateway "all"',
      'oauth2Proxy > gateway "all"',
    ]);
    // It would be every port of every address.
    assert.deepEqual(
      toGateway({ ...behind, access: access.replace(`"controllerNamespace":"gateways"`, `"controllerNamespace":"*"`) }),
      [],
    );
  });

  it("go through the proxies, which ask the provider: nobody else reaches what is behind them", () => {
    const flows = flowsOf({ ...variants["hosts behind oauth2-proxy"], jaegerEngine: "operator" });
    assert.deepEqual(flows, [
      "gateway > oauth2Proxy [4180]",
      "gateway > grafana [3000]",
      "oauth2Proxy > prometheus [9090]",
      "oauth2Proxy > alertmanager [9093]",
      "oauth2Proxy > jaegerV1 [16686]",
      "oauth2Proxy > logs [9428]",
      "oauth2Proxy > any address [443]",
      "grafana > any address [443]",
      "gateway > acmeSolver [8089]",
    ]);
  });
});
