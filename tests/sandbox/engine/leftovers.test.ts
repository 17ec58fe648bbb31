import assert from "node:assert/strict";
import { engineHome } from "../../../sandbox/engine/home.ts";
import { leftovers } from "../../../sandbox/engine/leftovers.ts";

const engine = engineHome({ state: "/state" });
const plugin = `${engine.home}/plugins/resource-kubernetes-v4/pulumi-resource-kubernetes 127.0.0.1:1`;

describe("leftovers", () => {
  it("are the sandbox's engines, and providers whose engine is gone", () => {
    const processes = [
      { pid: 1, parent: 0, command: "/sbin/init" },
      { pid: 10, parent: 1, command: `${engine.home}/bin/pulumi up --yes` },
      { pid: 11, parent: 10, command: plugin },
      { pid: 12, parent: 1, command: plugin },
      // An outputs verb beside this run.
      { pid: 14, parent: 1, command: `${engine.home}/bin/pulumi stack output --json --stack dev --non-interactive` },
      { pid: 13, parent: 1, command: `tail -f ${engine.home}/bin/pulumi.log` },
    ];
    assert.deepEqual(leftovers(engine, processes), { engines: [10], providers: [12] });
  });

  it("are not those that a user works with, nor another sandbox's", () => {
    const processes = [
      { pid: 20, parent: 1, command: "pulumi refresh" },
      { pid: 21, parent: 20, command: plugin },
      { pid: 22, parent: 1, command: "/other/engine/home/bin/pulumi up" },
    ];
    assert.deepEqual(leftovers(engine, processes), { engines: [], providers: [] });
  });
});
