import assert from "node:assert/strict";
import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { countStandIns } from "../support/standInCount.ts";
import { variantRuns } from "../support/variantRuns.ts";

/** What production keeps of its namespaces. */
const claims = [
  ...[0, 1, 2].map((pod) => `alertmanager-alertmanager-db-alertmanager-alertmanager-${pod}`),
  "data-victoria-logs-0",
  ...[0, 1].map((pod) => `prometheus-prometheus-db-prometheus-prometheus-${pod}`),
];
const keptNamespaces = [
  ...["ConfigMap cert-manager/kube-root-ca.crt", "ConfigMap observability/kube-root-ca.crt"],
  ...["Namespace /cert-manager", "Namespace /observability"],
  ...claims.map((name) => `PersistentVolumeClaim observability/${name}`),
  ...["ServiceAccount cert-manager/default", "ServiceAccount observability/default"],
].map((object) => `/api/v1 ${object}`);

/** The API groups of the operators that every stack has. */
const groups = ["cert-manager.io", "monitoring.coreos.com", "opentelemetry.io", "grafana.integreatly.org"];

describe(`the stacks prod and staging, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  countStandIns();
  const { cluster, holds, destroyed, crds } = variantRuns(17520);
  const uids = async () => {
    const found = await cluster().client.list("v1", "PersistentVolumeClaim", "observability");
    return new Map(found.map(({ metadata: { name, uid } }) => [name, uid]));
  };
  let kept: Awaited<ReturnType<typeof uids>>;

  it("prod: up, preview, refresh, preview, up, destroy, which leaves the CRDs of all operators, the claims with their namespace and CA, and nothing else", async () => {
    const settings = await platformSettings("prod");
    await holds(settings, "--stack", "prod");
    const installed = await crds();
    for (const group of groups) assert.ok(installed.join("\n").includes(`.${group}`), group);
    const { stderr, lines } = await destroyed([...keptNamespaces, ...installed], settings, "--stack", "prod");
    // Each of them is named, with the command that removes it.
    const listed = lines.filter((line) => line.startsWith("left: "));
    const names = listed.flatMap((line) => line.split("customresourcedefinitions ")[1]?.split(" ") ?? []);
    assert.deepEqual(names.length, installed.length, stderr);
    for (const what of [...claims.map((name) => `claim observability/${name}`), "namespace observability"])
      assert.ok(
        listed.some((line) => line.startsWith(`left: ${what}, `)),
        stderr,
      );
    kept = await uids();
  });

  it("staging: up takes over the CRDs, the namespaces and the claims that prod has left, then preview, refresh, preview, destroy", async () => {
    const before = await crds();
    const settings = await platformSettings("staging");
    await holds(settings, "--stack", "staging");
    assert.deepEqual(await crds(), before);
    const now = await uids();
    for (const [name, uid] of kept) assert.equal(now.get(name), uid, name);
    await destroyed(before, settings, "--stack", "staging");
  });

  it("dev without prometheusOperator, in a cluster that has nothing but its kinds: the same", async () => {
    const before = await crds();
    const settings = await platformSettings("dev", { crdPolicy: "keep", parts: { prometheusOperator: false } });
    await holds(settings);
    await destroyed(before, settings);
  });
});
