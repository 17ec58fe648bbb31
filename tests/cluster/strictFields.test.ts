import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { namespaces } from "../../catalog/names.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";
import { redact } from "../../review/golden/redact.ts";
import { eventually } from "../support/eventually.ts";
import { goldenRuns } from "../../review/program/goldenRuns.ts";
import { mirror } from "../../review/program/mirror.ts";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { type ReleaseObjects, releaseObjects } from "../support/releaseObjects.ts";
import { programRun } from "../../review/program/runs.ts";
import { countStandIns } from "../support/standInCount.ts";
import { conditionsOf, testCluster, type TestObject } from "../support/testCluster.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";

const project = resolve(import.meta.dirname, "../..");
const kubernetes = toolVersion("kube-apiserver", project);

/**
 * Every object of every stack and variant, and those inside the releases, sent to a real API server as a dry run with strict
 * field validation: it refuses a field that it does not know.
 */
describe(`fields of all objects, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const test = testCluster(17_770);
  let kubectl: string;
  let releases: ReleaseObjects[];

  /** What the API server says against objects, one line each. */
  async function refusals(objects: readonly object[]): Promise<string[]> {
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    const where = ["--kubeconfig", test().cluster.kubeconfig, "--cache-dir", join(test().paths.state, "kubectl")];
    const how = ["--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", "--filename", "-"];
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((done) => {
      const child = execFile(kubectl, ["apply", ...where, ...how], { maxBuffer: 2 ** 26 }, (_, stdout, stderr) => {
        done({ stdout, stderr });
      });
      child.stdin?.end(list);
    });
    const lines = (text: string) => text.split("\n").filter((line) => line !== "");
    // Each object has an answer: a refused one in standard error.
    assert.equal(lines(stdout).length + lines(stderr).length, objects.length, stderr);
    return lines(stderr);
  }
  const apply = async (objects: readonly object[]) => {
    for (const object of objects) await test().apply(object as TestObject);
  };
  const namespace = (name: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });

  before("make the kinds and namespaces that the objects need", async () => {
    ({ kubectl } = await ensureTools(["kubectl"], test().paths, createReport()));
    // Engine operator: so all operators are there.
    const settings = await platformSettings("dev", { jaegerEngine: "operator" });
    const config = Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const run = await runProgram({ config: Object.fromEntries(config) as Record<string, string> });
    releases = await releaseObjects(run, test().paths, kubernetes);
    const crds = releases.flatMap(({ objects }) => objects).filter(({ kind }) => kind === "CustomResourceDefinition");
    assert.ok(crds.length > 20);
    await apply(crds);
    await eventually(async () => {
      for (const crd of crds) assert.equal(conditionsOf(await test().get(crd)).Established, "True", crd.metadata.name);
    }, 30_000);
    const named = new Set(releases.map((release) => release.namespace));
    await apply([...named, namespaces.nodeAgents, "python-api", "team-api", "orders"].map(namespace));
  });

  const runs: [string, () => Promise<ProgramRun>][] = [
    ...[...goldenRuns].map(([name, run]) => [`stack ${name}`, run] as [string, () => Promise<ProgramRun>]),
    ...Object.entries({ ...variants, ...contentVariants }).map(
      ([name, config]) => [name, () => programRun(config)] as [string, () => Promise<ProgramRun>],
    ),
  ];
  for (const [name, run] of runs) {
    it(`are known: ${name}`, async () => {
      const objects = objectsOf(await run());
      assert.ok(objects.length > 3);
      assert.deepEqual(await refusals(objects), []);
    });
  }

  it("are known inside the releases", async () => {
    const placed = releases.flatMap(({ namespace: own, objects }) =>
      objects
        .filter(({ kind }) => kind !== "CustomResourceDefinition")
        .map(async (object) => {
          const namespaced = await test().client.isNamespaced(object.apiVersion, object.kind);
          return namespaced ? { ...object, metadata: { namespace: own, ...object.metadata } } : object;
        }),
    );
    assert.ok(placed.length > 50);
    assert.deepEqual(await refusals(await Promise.all(placed)), []);
  });

  const wrong: Record<string, object> = {
    imagee: {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "wrong", namespace: "python-api" } },
      spec: {
        selector: { matchLabels: { app: "wrong" } },
        template: {
          metadata: { labels: { app: "wrong" } },
          spec: { containers: [{ name: "api", image: "example.org/api:1", imagee: "example.org/api:1" }] },
        },
      },
    },
    portss: {
      ...{ apiVersion: "v1", kind: "Service", metadata: { name: "wrong", namespace: "python-api" } },
      spec: { portss: [] },
    },
  };
  for (const [field, object] of Object.entries(wrong)) {
    it(`are refused when they are not: ${field}`, async () => {
      const [line = "", ...others] = await refusals([object]);
      assert.ok(line.includes(`unknown field "${field}"`), line);
      assert.deepEqual(others, []);
    });
  }

  it("are refused when a real operator's CRD does not know them", async function () {
    // A stand-in's CRD takes anything.
    if (mirror === undefined) this.skip();
    const metadata = { name: "wrong", namespace: "observability" };
    const spec = { retentionn: "1d" };
    const [line = ""] = await refusals([
      { apiVersion: "monitoring.coreos.com/v1", kind: "Prometheus", metadata, spec },
    ]);
    assert.match(line, /unknown field "retentionn"/);
  });
});

/** What a run registers, as the provider sends it. */
function objectsOf({ registered }: ProgramRun): object[] {
  return (
    registered
      .filter(({ type, inputs }) => inputs["apiVersion"] !== undefined && !type.endsWith("Patch"))
      // The Gateway API is the cluster's own: no release brings its kinds.
      .filter(({ inputs }) => !String(inputs["apiVersion"]).startsWith("gateway.networking.k8s.io/"))
      .map(({ inputs }) => JSON.parse(JSON.stringify(redact(inputs))) as object)
  );
}
