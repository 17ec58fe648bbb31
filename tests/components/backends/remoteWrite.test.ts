import assert from "node:assert/strict";
import { prometheusSpec } from "../../../components/backends/prometheus.ts";
import { remoteWrite } from "../../../components/backends/remoteWrite.ts";
import { networkPolicies } from "../../../components/network/policies.ts";
import { parseSettings } from "../../../settings/read.ts";

const url = "https://metrics.example.org:19443/api/v1/write";
const settingsFor = (...stores: object[]) => parseSettings({ prometheus: JSON.stringify({ remoteWrite: stores }) });

describe("remoteWrite", () => {
  it("sends samples and exemplars, without a login where there is none", () => {
    assert.deepEqual(prometheusSpec(settingsFor({ url })).remoteWrite, [{ url, sendExemplars: true }]);
    assert.ok(!("remoteWrite" in prometheusSpec(settingsFor())));
  });

  it("names the keys of Secrets, and no value", () => {
    const store = { url, basicAuthSecret: "", tokenSecret: "", caSecret: "" };
    assert.deepEqual(remoteWrite({ ...store, basicAuthSecret: "login" }).basicAuth, {
      username: { name: "login", key: "username" },
      password: { name: "login", key: "password" },
    });
    assert.deepEqual(remoteWrite({ ...store, tokenSecret: "token" }).authorization, {
      credentials: { name: "token", key: "token" },
    });
    assert.deepEqual(remoteWrite({ ...store, caSecret: "ca" }).tlsConfig, {
      ca: { secret: { name: "ca", key: "ca.crt" } },
    });
  });

  it("has its ports in Prometheus' network policy, and none without it", () => {
    const open = (settings: ReturnType<typeof settingsFor>) =>
      networkPolicies(settings)
        .find(({ name }) => name === "prometheus")
        ?.spec.egress.flatMap(({ ports = [] }) => ports.map(({ port }) => port)) ?? assert.fail("no policy");
    assert.ok(!open(settingsFor()).includes(19443));
    assert.equal(open(settingsFor({ url }, { url: `${url}2` })).filter((port) => port === 19443).length, 1);
  });
});
