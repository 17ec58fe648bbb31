import assert from "node:assert/strict";
import { artifactsRequest } from "../../artifacts/request.ts";
import { platformImages } from "../../outputs/images.ts";
import { parseSettings } from "../../settings/read.ts";
import { off, variants } from "../../review/program/variants.ts";

function imagesFor(config: Record<string, string>): string[] {
  const settings = parseSettings(config);
  return platformImages(settings, artifactsRequest(settings));
}
const repositories = (config: Record<string, string>) =>
  imagesFor(config).map((image) => image.replace(/:[^:/]*$/, ""));

describe("platformImages", () => {
  it("are sorted, each once", () => {
    const images = imagesFor({});
    assert.deepEqual(images, [...new Set(images)].sort());
    assert.ok(images.length > 15);
  });

  it("hold the images of operators, backends, injection and the sample API", () => {
    const found = imagesFor({ sampleApi: '{"image":"registry.example/api:1"}' });
    for (const part of [
      "cert-manager-webhook",
      "prometheus/prometheus:",
      "autoinstrumentation-python",
      "registry.example/api:1",
    ]) {
      assert.ok(
        found.some((image) => image.includes(part)),
        part,
      );
    }
  });

  it("hold the image of the chosen Jaeger only", () => {
    const jaegers = (config: Record<string, string>) =>
      repositories(config).filter((image) => /jaegertracing|brancz/.test(image));
    assert.deepEqual(jaegers({}), ["docker.io/jaegertracing/jaeger"]);
    assert.deepEqual(jaegers({ jaegerEngine: "operator" }), [
      "docker.io/jaegertracing/all-in-one",
      "quay.io/brancz/kube-rbac-proxy",
      "quay.io/jaegertracing/jaeger-operator",
    ]);
  });

  it("hold what is injected, Go's only where it may be", () => {
    const injected = (config: Record<string, string>) =>
      repositories(config).flatMap((image) => /autoinstrumentation-(\w+)$/.exec(image)?.[1] ?? []);
    assert.deepEqual(injected({}), ["dotnet", "java", "nodejs", "python"]);
    const goInjection = { instrumentation: '{"goInjection":true}' };
    assert.deepEqual(injected(goInjection).sort(), ["dotnet", "go", "java", "nodejs", "python"]);
  });

  it("hold oauth2-proxy's where it asks for a login", () => {
    const proxies = (config: Record<string, string>) => repositories(config).filter((image) => /oauth2/.test(image));
    assert.deepEqual(proxies({}), []);
    assert.deepEqual(proxies({ ...variants["hosts behind oauth2-proxy"] }), ["quay.io/oauth2-proxy/oauth2-proxy"]);
  });

  it("hold nothing of a part that is off", () => {
    const parts = off(
      "certManager",
      "prometheusOperator",
      "metricsServer",
      "jaeger",
      "logs",
      "grafana",
      "clusterMetrics",
      "sampleApi",
    );
    const found = repositories({ parts, jaeger: '{"endpoint":"jaeger.example:4317"}' });
    assert.deepEqual(
      found.filter((image) => !image.includes("autoinstrumentation")),
      [
        "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib",
        "ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator",
        "quay.io/prometheus/alertmanager",
        "quay.io/prometheus/prometheus",
      ],
    );
  });
});
