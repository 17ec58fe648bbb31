import assert from "node:assert/strict";
import type { DeploymentSpec, LiveObject } from "../../../sandbox/telemetry/liveObjects.ts";
import { localFolders, mountedFolders } from "../../../sandbox/telemetry/mountedFolders.ts";

const deployment: LiveObject<DeploymentSpec> = {
  metadata: { name: "orders", namespace: "team" },
  spec: {
    template: {
      metadata: {},
      spec: {
        containers: [
          {
            name: "orders",
            image: "orders:1",
            volumeMounts: [
              { name: "files", mountPath: "/files" },
              { name: "scratch", mountPath: "/tmp" },
            ],
          },
        ],
        volumes: [
          { name: "files", configMap: { name: "orders-files", items: [{ key: "a-b.py", path: "a/b.py" }] } },
          { name: "scratch" },
        ],
      },
    },
  },
};

describe("mountedFolders", () => {
  it("are those that the container mounts from ConfigMaps", async () => {
    const read = (name: string) => Promise.resolve(name === "orders-files" ? { "a-b.py": "pass" } : undefined);
    assert.deepEqual(await mountedFolders(deployment, read), [{ mountPath: "/files", files: { "a/b.py": "pass" } }]);
  });

  it("name the key of the ConfigMap that is not there", async () => {
    await assert.rejects(
      mountedFolders(deployment, () => Promise.resolve(undefined)),
      {
        name: "UserError",
        message:
          'Deployment "team/orders" mounts key "a-b.py" of ConfigMap "orders-files", which is not there: ' +
          'run "npm run sandbox -- up" first',
      },
    );
  });

  it("are below the state folder, each program's apart", () => {
    const mounted = [{ mountPath: "/files", files: { "a/b.py": "pass" } }];
    assert.deepEqual(localFolders(mounted, "orders", "/state"), {
      files: { "mounted/orders/files/a/b.py": "pass" },
      places: { "/files": "/state/mounted/orders/files" },
    });
  });
});
