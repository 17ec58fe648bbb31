import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../../review/program/projectCopy.ts";
import { readProject } from "../../settings/stackFile.ts";
import { type Choice, findings, type FoundCluster, settingsText } from "../../settings/ownCluster.ts";
import { checkSettings } from "../../stacks/checkSettings.ts";
import { type FakeAnswer, FakePrograms } from "../support/fakePrograms.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const answer = (when: string, output: unknown): FakeAnswer => ({ when, output: JSON.stringify(output) });
const kindCluster: readonly FakeAnswer[] = [
  { when: "config current-context", output: "kind-shop\n" },
  { when: "auth can-i", output: "yes\n" },
  answer("--raw /version", { gitVersion: "v1.34.0" }),
  answer("--raw /apis/apps/v1/deployments", { items: [] }),
  answer("--raw /apis/storage.k8s.io", { items: [] }),
  answer("--raw /api/v1/nodes", {
    items: [{ metadata: { name: "shop" }, spec: { providerID: "kind://docker/shop/shop" } }],
  }),
  answer("--raw /api/v1/namespaces", { items: [] }),
  answer("--raw /apis/apiregistration", { status: { conditions: [{ type: "Available", status: "True" }] } }),
  answer("--raw /apis", { groups: [{ name: "apps" }] }),
];

/** What `--json` prints. */
interface Found {
  readonly stack: string;
  readonly file: string;
  readonly cluster: FoundCluster;
  readonly warnings: readonly string[];
  readonly choices: readonly Choice[];
}

describe("npm run init", function () {
  this.timeout(60_000);
  this.slow(10_000);
  const folder = temporaryFolder();
  const file = () => join(folder(), "project/Pulumi.shop.yaml");

  beforeEach(async () => {
    await copyProject(join(folder(), "project"));
    mkdirSync(join(folder(), "bin"));
  });

  function run(kubectl: readonly FakeAnswer[], ...argv: string[]) {
    const fakes = new FakePrograms(join(folder(), "bin"), { kubectl });
    const args = ["--import", "./runTypeScript.mjs", "scripts/init.ts", "--stack", "shop", ...argv];
    const options = {
      cwd: join(folder(), "project"),
      encoding: "utf8",
      env: { ...process.env, PATH: fakes.path },
    } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { status, stdout, stderr, calls: fakes.calls().map(({ args: call }) => call.join(" ")) };
  }

  it("writes settings that the program takes, and says what it found and what comes next", async () => {
    const { status, stdout, stderr } = run(kindCluster);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^context kind-shop: Kubernetes v1\.34\.0, kind$/m);
    assert.match(stdout, /^ {2}pulumi stack init shop\n {2}pulumi preview --diff\n {2}pulumi up$/m);
    const read = readProject(join(folder(), "project"), "shop");
    await checkSettings(read);
    assert.equal(read.config["fluffy-observability:kubeContext"], "kind-shop");
    assert.match(readFileSync(file(), "utf8"), /# The cluster has one\.\n {4}metricsServer: false\n/);
  });

  it("says the same as JSON", () => {
    const withoutRights = [{ when: "auth can-i", output: "no\n" }, ...kindCluster];
    const people = run(withoutRights);
    const { status, stdout, stderr } = run(withoutRights, "--overwrite", "--json");
    assert.deepEqual([status, stderr], [0, ""]);
    const { cluster, warnings, choices, ...rest } = JSON.parse(stdout) as Found;
    assert.deepEqual(rest, { stack: "shop", file: realpathSync(file()) });
    assert.ok(people.stdout.startsWith(`${findings(cluster).join("\n")}\n\n`), people.stdout);
    assert.deepEqual(warnings, [
      "you may not do everything in this cluster: pulumi up needs the rights of cluster-admin",
    ]);
    assert.equal(readFileSync(file(), "utf8"), settingsText("shop", choices));
  });

  it("writes over no file, unless told to, and keeps how its secrets are encrypted", () => {
    writeFileSync(file(), "encryptionsalt: v1:abc\n");
    const refused = run(kindCluster);
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /^\S+Pulumi\.shop\.yaml is there already: choose another --stack, or --overwrite it\n$/,
    );
    assert.deepEqual([refused.calls, readFileSync(file(), "utf8")], [[], "encryptionsalt: v1:abc\n"]);
    assert.equal(run(kindCluster, "--overwrite").status, 0);
    assert.match(readFileSync(file(), "utf8"), /^encryptionsalt: v1:abc\nconfig:$/m);
  });

  it("refuses a cluster that has the platform: what runs there is the stack's own", () => {
    const labels = { "app.kubernetes.io/part-of": "fluffy-observability" };
    const name = "opentelemetry-operator-system";
    const own = answer("--raw /api/v1/namespaces", { items: [{ metadata: { name, labels } }] });
    writeFileSync(file(), "config: {}\n");
    const { status, stderr } = run([own, ...kindCluster], "--overwrite");
    assert.equal(status, 1);
    assert.match(stderr, /^kind-shop has this platform already: .*\n$/);
    assert.equal(readFileSync(file(), "utf8"), "config: {}\n");
  });

  it("says in one line that the cluster does not answer, and writes nothing", () => {
    const error = "The connection to the server 127.0.0.1:1 was refused\n";
    const { status, stdout, stderr } = run([{ when: "", code: 1, error }], "--context", "gone");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(stderr, `kubectl get --raw /version: ${error}`);
    assert.ok(!existsSync(file()));
  });
});
