import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  type PlatformRequest,
  publicConfigMap,
  type PublicOutput,
  publicOutputs,
  readPlatform,
  whyUnread,
} from "../../outputs/read.ts";
import { besidePlatform } from "../../review/program/besidePlatform.ts";
import { resolved } from "../support/resolved.ts";
import type { SavedOutputs } from "../../review/program/program.ts";
import { find, stackRun, stacks } from "../../review/program/runs.ts";

const stack = "organization/fluffy-observability/dev";

describe("the ConfigMap of the platform's outputs", function () {
  this.slow(1500);

  for (const name of stacks) {
    it(`holds the public outputs of ${name}, as JSON`, async () => {
      const run = await stackRun(name);
      const { data } = find(run, "ConfigMap", publicConfigMap.name).inputs as { data: Record<string, string> };
      assert.deepEqual(Object.keys(data).sort(), [...publicOutputs].sort());
      for (const output of publicOutputs) assert.deepEqual(JSON.parse(data[output] ?? ""), run.outputs[output], output);
    });
  }

  it("may be read by every user of the cluster, and nothing else with it", async () => {
    const { rules } = find(await stackRun("dev"), "Role", publicConfigMap.name).inputs;
    const resourceNames = [publicConfigMap.name];
    assert.deepEqual(rules, [{ apiGroups: [""], resources: ["configmaps"], resourceNames, verbs: ["get"] }]);
    const { subjects } = find(await stackRun("dev"), "RoleBinding", publicConfigMap.name).inputs;
    assert.deepEqual(subjects, [
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:authenticated" },
    ]);
  });
});

describe("readPlatform", () => {
  const outputs = { instrumentation: "observability/python", sampleApiUrl: "http://api" };

  async function read(
    platform: SavedOutputs,
    request: PlatformRequest<PublicOutput, PublicOutput>,
    from: { stack: string } = { stack: "" },
  ) {
    const values: Record<string, unknown> = {};
    const project = { name: "consumer", config: {} };
    const { error, registered } = await besidePlatform(platform, project, async () => {
      const provider = new kubernetes.Provider("cluster");
      const found = Object.entries<pulumi.Output<unknown>>(await readPlatform({ provider, ...from }, request));
      for (const [name, value] of found) values[name] = await resolved(value);
      return {};
    });
    return { values, error, registered: registered.map(({ label }) => label) };
  }

  it("gives the values of what is asked for, and nothing else, without the platform's stack", async () => {
    const { values, registered } = await read({ outputs }, { needs: ["instrumentation"], uses: [] });
    assert.deepEqual(values, { instrumentation: "observability/python" });
    assert.deepEqual(registered.sort(), ["ConfigMap platform", "kubernetes cluster"]);
  });

  it("reads the stack's state where it is named", async () => {
    const request = { needs: ["instrumentation"], uses: [] } as const;
    const { values, registered } = await read({ outputs }, request, { stack });
    assert.deepEqual(values, { instrumentation: "observability/python" });
    assert.ok(registered.includes(`StackReference ${stack}`) && !registered.includes("ConfigMap platform"));
  });

  for (const [place, from] of [
    ["ConfigMap observability/fluffy-observability", { stack: "" }],
    [`stack ${stack}`, { stack }],
  ] as const) {
    it(`says in one line which outputs are lacking: ${place}`, async () => {
      const { error } = await read(
        { outputs },
        { needs: ["instrumentation", "jaegerUrl"], uses: ["grafanaUrl"] },
        from,
      );
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(
        error.message,
        `${place} has no output jaegerUrl, grafanaUrl: run pulumi up there with this version of the platform first`,
      );
    });

    it(`says in one line which setting switches on what is needed, and lets null pass where it is not: ${place}`, async () => {
      const off = { outputs: { grafanaUrl: null, sampleApiUrl: null } };
      const { error } = await read(off, { needs: ["sampleApiUrl", "grafanaUrl"], uses: [] }, from);
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(
        error.message,
        `${place} has no sampleApiUrl, grafanaUrl: switch on its setting parts.sampleApi, parts.grafana`,
      );
      const { values } = await read(off, { needs: [], uses: ["grafanaUrl"] }, from);
      assert.deepEqual(values, { grafanaUrl: null });
    });
  }
});

describe("whyUnread", () => {
  const failed = "failed to check existence of resource [kubernetes:core/v1:ConfigMap]: ";

  it("gives the cluster's own words", () => {
    const forbidden = `configmaps "x" is forbidden: User "shop" cannot get resource "configmaps"`;
    assert.equal(whyUnread(`${failed}2 UNKNOWN: reading resource 'observability/x': ${forbidden}`), forbidden);
    assert.equal(whyUnread("something else"), "something else");
  });

  it("says which Pulumi it takes", () => {
    assert.match(whyUnread(`${failed}12 UNIMPLEMENTED: unknown method ExistsResource`), /^this takes the Pulumi CLI/);
  });
});
