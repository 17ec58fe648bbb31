import assert from "node:assert/strict";
import { apiPod, writesClaim } from "../../../components/api/apiPod.ts";
import { filesFolder } from "../../../components/api/injectedContainer.ts";
import { InstrumentedApi, type InstrumentedApiArgs } from "../../../components/api/instrumentedApi.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { resolved } from "../../support/resolved.ts";

const args: InstrumentedApiArgs = {
  name: "orders",
  namespace: "team",
  image: "registry.example/orders:1.0",
  port: 8080,
  injection: { language: "java", instrumentation: "observability/python", instrumentationHash: "0123456789ab" },
  resources: { cpu: "50m", memory: "64Mi", memoryLimit: "512Mi" },
};

interface Spec {
  securityContext: Record<string, unknown>;
  volumes: unknown[];
  containers: { volumeMounts: unknown[]; securityContext: { readOnlyRootFilesystem: boolean } }[];
}

async function volumesOf(volumes: InstrumentedApiArgs["volumes"] = {}) {
  const spec = (await resolved(apiPod({ ...args, volumes }, {}, undefined).podSpec)) as Spec;
  return { volumes: spec.volumes, mounts: spec.containers[0]?.volumeMounts };
}

describe("apiPod", () => {
  it("has a bounded folder for temporary files, where nothing else can be written", async () => {
    assert.deepEqual(await volumesOf(), {
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
      mounts: [{ name: "tmp", mountPath: "/tmp" }],
    });
    const spec = (await resolved(apiPod(args, {}, undefined).podSpec)) as Spec;
    assert.equal(spec.containers[0]?.securityContext.readOnlyRootFilesystem, true);
  });

  it("lets the API write a claim, which most storage classes give to root", async () => {
    const securityOf = async (volumes: InstrumentedApiArgs["volumes"] = {}) =>
      ((await resolved(apiPod({ ...args, volumes }, {}, undefined).podSpec)) as Spec).securityContext;
    const claimed = await securityOf({ "/data": { persistentVolumeClaim: { claimName: "orders" } } });
    assert.deepEqual([claimed["fsGroup"], claimed["fsGroupChangePolicy"]], [10_001, "OnRootMismatch"]);
    const ephemeral = await securityOf({ "/data": { ephemeral: { volumeClaimTemplate: { spec: {} } } } });
    assert.equal(ephemeral["fsGroup"], 10_001);
    const read = { persistentVolumeClaim: { claimName: "models" }, readOnly: true };
    for (const volumes of [undefined, { "/models": read }]) {
      assert.ok(!("fsGroup" in (await securityOf(volumes))));
    }
  });

  it("writes a claim unless it only reads it", () => {
    const claim = { claimName: "orders" };
    for (const [volume, writes] of [
      [{ persistentVolumeClaim: claim }, true],
      [{ persistentVolumeClaim: claim, readOnly: true }, false],
      [{ persistentVolumeClaim: { ...claim, readOnly: true } }, false],
      [{ emptyDir: {} }, false],
    ] as const) {
      assert.equal(writesClaim({ volumes: { "/data": volume } }), writes);
    }
  });

  it("ends before the next one of a Deployment that has one pod, where both need the volume", async () => {
    const volumes = { "/data": { persistentVolumeClaim: { claimName: "orders" } } };
    const strategyOf = async (more: Partial<InstrumentedApiArgs>) => {
      const run = await registering(() => new InstrumentedApi("orders", { ...args, ...more }, {}));
      return (find(run, "Deployment", "orders").inputs["spec"] as { strategy?: object }).strategy;
    };
    assert.deepEqual(await strategyOf({ volumes }), { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
    assert.equal(await strategyOf({ volumes, replicas: 2 }), undefined);
    assert.equal(await strategyOf({}), undefined);
  });

  it("mounts further volumes, and another one for temporary files", async () => {
    const claim = { persistentVolumeClaim: { claimName: "orders" } };
    const certificates = { secret: { secretName: "orders-tls" } };
    assert.deepEqual(
      await volumesOf({
        "/data": claim,
        "/etc/tls": { ...certificates, readOnly: true },
        "/tmp": { emptyDir: { medium: "Memory" } },
      }),
      {
        volumes: [
          { name: "tmp", emptyDir: { medium: "Memory" } },
          { name: "volume-1", ...claim },
          { name: "volume-2", ...certificates },
        ],
        mounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "volume-1", mountPath: "/data" },
          { name: "volume-2", mountPath: "/etc/tls", readOnly: true },
        ],
      },
    );
  });

  for (const folder of ["data", "/", "/a//b", "/a:b", "", filesFolder]) {
    it(`refuses a volume at ${JSON.stringify(folder)}`, () => {
      assert.throws(() => apiPod({ ...args, volumes: { [folder]: { emptyDir: {} } } }, {}, undefined), {
        __pulumiRunError: true,
        message: `InstrumentedApi orders: volumes has ${JSON.stringify(folder)}: must be an absolute folder such as /data, and not ${filesFolder}`,
      });
    });
  }
});
