import assert from "node:assert/strict";
import { load } from "js-yaml";
import { collectorEndpoints } from "../../catalog/endpoints.ts";
import { parseSettings } from "../../settings/read.ts";
import { readProjectFile } from "../support/markdown.ts";

const page = "docs/services.md";

/** The variables of the page's block, by name; those that the cluster fills in have none. */
function variables(): Map<string, string | undefined> {
  const [, block = ""] = /^```yaml\n(env:\n[\s\S]*?)^```/m.exec(readProjectFile(page)) ?? [];
  const { env } = load(block) as { env: { name: string; value?: string }[] };
  return new Map(env.map(({ name, value }) => [name, value]));
}

describe(`the OTEL_* variables of ${page}`, () => {
  const { http, grpc } = collectorEndpoints(parseSettings({}));

  it("send to the output collectorOtlpHttp, by its protocol", () => {
    assert.equal(variables().get("OTEL_EXPORTER_OTLP_ENDPOINT"), http);
    assert.equal(variables().get("OTEL_EXPORTER_OTLP_PROTOCOL"), "http/protobuf");
  });

  it("name the output collectorOtlpGrpc for the other protocol", () => {
    assert.ok(readProjectFile(page).includes(`For the protocol \`grpc\` it is \`http://${grpc}\``));
  });

  it("name the pod by what is defined before it", () => {
    const names = [...variables().keys()];
    const attributes = variables().get("OTEL_RESOURCE_ATTRIBUTES") ?? "";
    const [, pod = ""] = /^k8s\.pod\.uid=\$\((\w+)\),/.exec(attributes) ?? [];
    assert.ok(names.indexOf(pod) !== -1 && names.indexOf(pod) < names.indexOf("OTEL_RESOURCE_ATTRIBUTES"), attributes);
  });
});
