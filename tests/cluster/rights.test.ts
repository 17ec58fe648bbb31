import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import type { ManifestObject } from "../../artifacts/manifests/manifest.ts";
import { updateAt } from "../../artifacts/manifests/objectPath.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";
import { mirror } from "../../review/program/mirror.ts";
import { neededRights } from "../support/neededRights.ts";
import { platformSettings } from "../support/platformSandbox.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { releaseObjects } from "../support/releaseObjects.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const project = resolve(import.meta.dirname, "../..");
const kubernetes = toolVersion("kube-apiserver", project);

describe("rights of the platform's programs, with the operators' real manifests", function () {
  this.timeout(300_000);
  const test = testCluster(17_780);
  let kubectl: string;

  before("give the rights of the stack with every part", async function () {
    if (mirror === undefined) this.skip(); // the stand-ins' rights are made up
    const tools = await ensureTools(["kubectl"], test().paths, createReport());
    kubectl = tools.kubectl;
    const settings = Object.entries(await platformSettings("dev", { jaegerEngine: "operator" }));
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const run = await runProgram({ config: Object.fromEntries(settings.map(([key, value]) => [key, text(value)])) });
    const releases = await releaseObjects(run, test().paths, kubernetes);
    const objects = [
      ...ownObjects(run),
      ...releases.flatMap(({ namespace, objects: all }) =>
        all.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } })),
      ),
    ].filter(({ apiVersion }) => apiVersion === "rbac.authorization.k8s.io/v1");
    const namespaces = new Set(objects.map(({ metadata }) => metadata.namespace ?? "default"));
    for (const name of namespaces) {
      await test().apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    for (const object of objects) await test().apply(withoutNamespace(object));
  });

  /** Whether each question is answered by yes. */
  async function allowed(questions: readonly Question[]): Promise<boolean[]> {
    const items = questions.map(review);
    const how = ["--output", 'jsonpath={.status.allowed}{"\\n"}', "--filename", "-"];
    const output = await new Promise<string>((done, failed) => {
      const args = ["create", "--kubeconfig", test().cluster.kubeconfig, ...how];
      const child = execFile(kubectl, args, (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else failed(new Error(stderr));
      });
      child.stdin?.end(JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    });
    const answers = output.trim().split("\n");
    assert.equal(answers.length, questions.length);
    return answers.map((answer) => answer === "true");
  }

  for (const [account, kinds] of Object.entries(neededRights)) {
    it(`are enough: ${account}`, async () => {
      const questions = Object.entries(kinds).flatMap(([kind, verbs]) =>
        verbs.map((verb) => ({ account, kind, verb })),
      );
      const answers = await allowed(questions);
      assert.deepEqual(
        questions.filter((_, index) => !answers[index]).map(({ kind, verb }) => `${verb} ${kind}`),
        [],
      );
    });
  }

  it("are not taken for granted: who has no role has none", async () => {
    const answers = await allowed([
      { account: "observability/otel-collector", kind: "secrets", verb: "list" },
      { account: "observability/grafana-sa", kind: "pods", verb: "list" },
    ]);
    assert.deepEqual(answers, [false, false]);
  });
});

interface Question {
  readonly account: string;
  readonly kind: string;
  readonly verb: string;
}

function review({ account, kind, verb }: Question): object {
  const [namespace = "", name = ""] = account.split("/");
  const [, path = "", group = ""] = /^([^.]+)\.?(.*)$/.exec(kind) ?? [];
  const [resource = "", subresource = ""] = path.split("/");
  return {
    ...{ apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview" },
    spec: {
      user: `system:serviceaccount:${namespace}:${name}`,
      groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
      // Of every namespace: the programs look at all of them.
      resourceAttributes: { group, resource, subresource, verb },
    },
  };
}

function ownObjects({ registered }: ProgramRun): ManifestObject[] {
  return registered
    .filter(({ type }) => type.startsWith("kubernetes:rbac.authorization.k8s.io/"))
    .map(({ inputs }) => JSON.parse(JSON.stringify(inputs)) as ManifestObject);
}

/** A role of the whole cluster is in no namespace. */
function withoutNamespace(object: ManifestObject): TestObject {
  if (!object.kind.startsWith("Cluster")) return object;
  return updateAt(object, ["metadata", "namespace"], () => undefined) as TestObject;
}
