import assert from "node:assert/strict";
import { exposedParts, loginProxies } from "../../../components/access/exposed.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const byProxy = parseSettings(variants["hosts behind oauth2-proxy"] ?? {});
const byGateway = parseSettings(variants["hosts behind an Ingress controller that asks for a login"] ?? {});
const entries = (settings: typeof byProxy) =>
  exposedParts(settings).map(({ part, entry, path }) => `${part}: ${entry.service}:${entry.port}${path}`);

describe("exposedParts", () => {
  it("are none by default", () => {
    assert.deepEqual(exposedParts(parseSettings({})), []);
  });

  it("come to their own Services where the gateway asks for a login, and only to what reads of VictoriaLogs", () => {
    assert.deepEqual(entries(byGateway), [
      "grafana: grafana-service:3000/",
      "prometheus: prometheus:9090/",
      "alertmanager: alertmanager-operated:9093/",
      "jaeger: jaeger-collector-extension:16686/",
      "logs: victoria-logs:9428/select/",
    ]);
  });

  it("come to a proxy each but for Grafana, which has a login", () => {
    assert.deepEqual(entries(byProxy), [
      "grafana: grafana-service:3000/",
      "prometheus: oauth2-proxy-prometheus:4180/",
      "alertmanager: oauth2-proxy-alertmanager:4180/",
      "jaeger: oauth2-proxy-jaeger:4180/",
      "logs: oauth2-proxy-logs:4180/",
    ]);
  });
});

describe("loginProxies", () => {
  it("are none where the gateway asks for a login", () => {
    assert.deepEqual(loginProxies(byGateway), []);
  });

  it("stand each before one part, and let only what reads of VictoriaLogs through", () => {
    assert.deepEqual(
      loginProxies(byProxy).map(({ host, upstream }) => `${host} ${upstream}`),
      [
        "prometheus.example.org http://prometheus.observability.svc:9090/",
        "alertmanager.example.org http://alertmanager-operated.observability.svc:9093/",
        "jaeger.example.org http://jaeger-collector-extension.observability.svc:16686/",
        "logs.example.org http://victoria-logs.observability.svc:9428/select/",
      ],
    );
  });

  it("ask what is behind them over TLS, by its CA", () => {
    const encrypted = parseSettings({ ...variants["hosts behind oauth2-proxy"], tls: '{"internal":true}' });
    assert.deepEqual(
      loginProxies(encrypted).map(({ upstream, caSecret }) => `${upstream} ${caSecret ?? ""}`),
      [
        "https://prometheus.observability.svc:9090/ prometheus-tls",
        "https://alertmanager-operated.observability.svc:9093/ alertmanager-tls",
        "https://jaeger-collector-extension.observability.svc:16686/ jaeger-tls",
        "https://victoria-logs.observability.svc:9429/select/ victoria-logs-tls",
      ],
    );
  });
});
