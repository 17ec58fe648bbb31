import assert from "node:assert/strict";
import { apiPod } from "../../../components/api/apiPod.ts";
import { filesFolder } from "../../../components/api/injectedContainer.ts";
import type { InstrumentedApiArgs } from "../../../components/api/instrumentedApi.ts";
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
    assert.ok(!("fsGroup" in (await securityOf())));
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
