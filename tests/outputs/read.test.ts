import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  type PlatformRequest,
  publicConfigMap,
  type PublicOutput,
  publicOutputs,
  readName,
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
  const readOfCluster = "ConfigMap fluffy-observability-outputs-cluster";

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
    assert.deepEqual(registered.sort(), [readOfCluster, "kubernetes cluster"]);
  });

  it("reads the stack's state where it is named", async () => {
    const request = { needs: ["instrumentation"], uses: [] } as const;
    const { values, registered } = await read({ outputs }, request, { stack });
    assert.deepEqual(values, { instrumentation: "observability/python" });
    assert.ok(
      registered.includes(`StackReference fluffy-observability-outputs-${stack}`) &&
        !registered.includes(readOfCluster),
    );
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
        `${place} has no sampleApiUrl, grafanaUrl: set its setting parts.sampleApi; parts.grafana, or grafana.url of one elsewhere`,
      );
      const { values } = await read(off, { needs: [], uses: ["grafanaUrl"] }, from);
      assert.deepEqual(values, { grafanaUrl: null });
    });
  }
});

describe("readPlatform, called again", () => {
  const outputs = { instrumentation: "observability/python", grafanaUrl: "http://grafana" };

  /** What a program reads, and the names of what it has registered: the engine refuses one that comes twice. */
  async function run(program: () => Promise<pulumi.Output<unknown>[]>) {
    const values: unknown[] = [];
    const { error, registered } = await besidePlatform({ outputs }, { name: "consumer", config: {} }, async () => {
      values.push(...(await Promise.all((await program()).map(resolved))));
      return {};
    });
    assert.equal(error, undefined);
    const labels = registered.map(({ label }) => label).filter((label) => !label.startsWith("kubernetes "));
    return { values, labels: labels.sort() };
  }

  for (const [from, name] of [
    ["", "ConfigMap fluffy-observability-outputs-cluster"],
    [stack, `StackReference fluffy-observability-outputs-${stack}`],
  ] as const) {
    it(`gives what is asked for, and reads once: ${name}`, async () => {
      const { values, labels } = await run(async () => {
        const source = { provider: new kubernetes.Provider("cluster"), stack: from };
        const [one, other] = await Promise.all([
          readPlatform(source, { needs: ["instrumentation"], uses: [] }),
          readPlatform(source, { needs: ["grafanaUrl"], uses: [] }),
        ]);
        const again = await readPlatform({ ...source }, { needs: [], uses: ["grafanaUrl"] });
        return [one.instrumentation, other.grafanaUrl, again.grafanaUrl];
      });
      assert.deepEqual(values, [outputs.instrumentation, outputs.grafanaUrl, outputs.grafanaUrl]);
      assert.deepEqual(labels, [name]);
    });
  }

  it("reads a stack once by two providers, beside the program's own reference to it", async () => {
    const { values, labels } = await run(async () => {
      new pulumi.StackReference(stack);
      const request = { needs: ["instrumentation"], uses: [] } as const;
      const providers = [new kubernetes.Provider("east"), new kubernetes.Provider("west")];
      const found = providers.map((provider) => readPlatform({ provider, stack }, request));
      return (await Promise.all(found)).map(({ instrumentation }) => instrumentation);
    });
    assert.deepEqual(values, [outputs.instrumentation, outputs.instrumentation]);
    assert.deepEqual(labels, [`StackReference fluffy-observability-outputs-${stack}`, `StackReference ${stack}`]);
  });

  it("reads two clusters by two names, beside a ConfigMap of the program's own", async () => {
    const { values, labels } = await run(async () => {
      const [east, west] = [new kubernetes.Provider("east"), new kubernetes.Provider("west")];
      new kubernetes.core.v1.ConfigMap("platform", {}, { provider: east });
      const request = { needs: ["instrumentation"], uses: [] } as const;
      const found = [east, west].map((provider) => readPlatform({ provider, stack: "" }, request));
      return (await Promise.all(found)).map(({ instrumentation }) => instrumentation);
    });
    assert.deepEqual(values, [outputs.instrumentation, outputs.instrumentation]);
    assert.deepEqual(labels, [
      "ConfigMap fluffy-observability-outputs-east",
      "ConfigMap fluffy-observability-outputs-west",
      "ConfigMap platform",
    ]);
  });
});

describe("readName", () => {
  it("tells providers of one name apart that are in different components", () => {
    const name = (type: string) => readName(`urn:pulumi:dev::shop::${type}::a::b`);
    assert.equal(name("pulumi:providers:kubernetes"), "fluffy-observability-outputs-a::b");
    assert.equal(
      name("shop:index:East$pulumi:providers:kubernetes"),
      "fluffy-observability-outputs-shop:index:East-a::b",
    );
  });
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
