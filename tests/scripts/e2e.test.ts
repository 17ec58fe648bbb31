import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FakeAnswer, FakePrograms } from "../support/fakePrograms.ts";
import { freePort } from "../../cli/freePort.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ok: FakeAnswer = { when: "" };

/** Stands for kubectl and for what it leads to: answers at the local port, and ends with the signal. */
const kubectl = `#!${process.execPath}
const port = Number(process.argv.at(-1).split(":")[0]);
require("node:http").createServer((_, response) => response.end("ok")).listen(port, "127.0.0.1", () => {
  require("node:fs").appendFileSync(process.env.KUBECTL_CALLS, process.argv.slice(2).join(" ") + "\\n");
  console.log("Forwarding from 127.0.0.1:" + port);
});
`;

/** What it runs and in which order; that the programs then do what they should cannot be seen here. */
describe("npm run e2e", function () {
  this.timeout(120_000);
  this.slow(20_000);
  const folder = temporaryFolder();
  let outputs: Record<string, string>;

  beforeEach(async () => {
    await copyProject(join(folder(), "project"));
    const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
    const names = ["sampleApi", "jaeger", "prometheus", "grafana"];
    outputs = Object.fromEntries(
      names.map((name, index) => [
        name,
        `kubectl port-forward --context kind-fluffy-e2e --namespace a service/${name} ${ports[index] ?? 0}:1`,
      ]),
    );
  });

  function run(mocha: FakeAnswer) {
    const bin = join(folder(), "bin");
    mkdirSync(bin);
    const portForwards = {
      when: "stack output --json",
      output: JSON.stringify({ portForwards: outputs }),
      error: "warning: old\n",
    };
    const fakes = new FakePrograms(bin, {
      ctlptl: [ok],
      kind: [ok],
      docker: [ok],
      pulumi: [portForwards, ok],
      mocha: [mocha],
    });
    const kubectlCalls = join(folder(), "kubectl-calls");
    writeFileSync(join(bin, "kubectl"), kubectl, { mode: 0o755 });
    const { status, stderr } = spawnSync(process.execPath, ["--import", "./runTypeScript.mjs", "scripts/e2e.ts"], {
      cwd: join(folder(), "project"),
      encoding: "utf8",
      env: { ...process.env, PATH: fakes.path, KUBECTL_CALLS: kubectlCalls },
    });
    const calls = fakes.calls().map(({ program, args }) => [program, ...args.slice(0, 2)].join(" "));
    const opened = existsSync(kubectlCalls) ? readFileSync(kubectlCalls, "utf8").trim().split("\n").sort() : [];
    return { status, stderr, calls, opened };
  }

  const before = [
    "kind delete cluster",
    "ctlptl apply --filename",
    "docker build --tag",
    "docker push localhost:5005/python-api:dev",
    "pulumi stack init",
    "pulumi up --stack",
    "pulumi preview --stack",
    "pulumi stack output",
    "mocha tests/e2e/*.e2e.ts",
  ];

  it("makes a cluster, takes the platform up, asks it, takes it down and deletes the cluster", () => {
    const { status, stderr, calls, opened } = run(ok);
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls, [...before, "pulumi destroy --stack", "kind delete cluster"]);
    assert.deepEqual(
      opened.map((call) => call.replace(/ \d+:1$/, "")),
      ["jaeger", "prometheus", "sampleApi"].map(
        (name) => `port-forward --context kind-fluffy-e2e --namespace a service/${name}`,
      ),
    );
    assert.ok(!existsSync(join(folder(), "project/Pulumi.e2e.yaml")));
  });

  it("leaves somebody's own settings of that name alone", () => {
    const own = join(folder(), "project/Pulumi.e2e.yaml");
    writeFileSync(own, "encryptionsalt: v1:abc\n");
    const { status, stderr, calls } = run(ok);
    assert.equal(status, 1);
    assert.match(stderr, /Pulumi\.e2e\.yaml is not of this command/);
    assert.deepEqual([calls, readFileSync(own, "utf8")], [[], "encryptionsalt: v1:abc\n"]);
  });

  it("refuses wrong settings before it makes a cluster", () => {
    writeFileSync(join(folder(), "project/Pulumi.dev.yaml"), "config: { fluffy-observability:jaegerEngine: v3 }\n");
    const { status, stderr, calls } = run(ok);
    assert.deepEqual([status, calls], [1, []]);
    assert.match(stderr, /^fluffy-observability:jaegerEngine is "v3": must be one of .*\n$/);
  });

  it("deletes the cluster too when an assertion fails, and fails", () => {
    const { status, stderr, calls } = run({ when: "", code: 3 });
    assert.equal(status, 1);
    assert.match(stderr, /^mocha tests\/e2e\/\*\.e2e\.ts failed with exit code 3$/m);
    assert.deepEqual(calls, [...before, "kind delete cluster"]);
    assert.ok(!existsSync(join(folder(), "project/Pulumi.e2e.yaml")));
  });
});
