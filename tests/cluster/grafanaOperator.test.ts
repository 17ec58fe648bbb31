import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { namespaces, resources } from "../../catalog/names.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { mirror } from "../../review/program/mirror.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { find } from "../../review/program/runs.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { eventually } from "../support/eventually.ts";
import { canChangeNames, startGrafanaOperator } from "../support/grafanaOperator.ts";
import { GrafanaPod } from "../support/grafanaPod.ts";
import { asConfig, platformSettings } from "../support/platformSandbox.ts";
import { killChild } from "../support/killChild.ts";
import { installOperatorKinds } from "../support/operatorRelease.ts";
import { describeWhere } from "../support/prerequisites.ts";
import { registeredObject } from "../support/tenancyCluster.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

/** The real operator with the objects of the stack; Grafana itself, which is in an image only, is a stand-in. */
describeWhere(canChangeNames, "unshare with the right to mount")("Grafana's password on a volume", function () {
  this.timeout(600_000);
  if (mirror === undefined) {
    it.skip("needs the operators' real manifests");
    return;
  }
  let run: ProgramRun;
  let grafana: GrafanaPod | undefined;
  let operator: ChildProcess | undefined;
  // Before the cluster ends, which they ask.
  after("end the operator and Grafana", async () => {
    if (operator !== undefined) await killChild(operator);
    await grafana?.end();
  });
  const test = testCluster(18_310);

  const registered = (kind: string, name: string) => registeredObject(find(run, kind, name));
  /** As an `up` applies it: its password is wrapped in what the program registers. */
  const setPassword = (password: string) =>
    test().apply({
      ...registered("Secret", resources.grafanaAdminSecret),
      stringData: { GF_SECURITY_ADMIN_USER: "admin", GF_SECURITY_ADMIN_PASSWORD: password },
    });
  const datasource = (url: string): TestObject => {
    const { spec, ...object } = registered("GrafanaDatasource", "GrafanaDatasource-jaeger");
    const { datasource: own, ...rest } = spec as { datasource: object };
    return { ...object, spec: { ...rest, datasource: { ...own, url } } };
  };
  const hasDatasource = (url: string) =>
    eventually(() => {
      assert.equal(grafana?.datasources.get("jaeger")?.url, url);
      return Promise.resolve();
    }, 120_000);

  before("install what the operator needs, and start it", async () => {
    const { client, cluster, paths } = test();
    const { "grafana-operator": command } = await ensureTools(["grafana-operator"], paths, silentReport);
    const settings = await platformSettings("dev", { grafana: { volumeSize: "1Gi" } });
    run = await runProgram({ config: asConfig(settings) });
    const objects = await installOperatorKinds(test(), run, "grafana-operator");
    await test().apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespaces.observability } });
    const [address, folder] = ["127.0.0.24", path.join(paths.state, "grafana")];
    mkdirSync(folder);
    grafana = new GrafanaPod(client, address, folder);
    await grafana.follow();
    const deployment =
      objects.find(({ kind }) => kind === "Deployment") ?? assert.fail("the release has no Deployment");
    const where = { kubeconfig: cluster.kubeconfig, grafana: address, folder, ports: [18_317, 18_318] as const };
    operator = await startGrafanaOperator({ command, deployment, ...where });
  });

  it("lets the operator in, with the Secret's", async () => {
    await setPassword("first");
    await test().apply(registered("Grafana", "Grafana-grafana"));
    await test().apply(datasource("http://first:16686"));
    await hasDatasource("http://first:16686");
    assert.deepEqual([grafana?.password, grafana?.wrongLogins], ["first", 0]);
  });

  it("lets it in when the Secret has changed: Grafana starts anew at once, and its database has the new one", async () => {
    await setPassword("second");
    await eventually(() => {
      assert.equal(grafana?.password, "second");
      return Promise.resolve();
    }, 30_000);
    await test().apply(datasource("http://second:16686"));
    await hasDatasource("http://second:16686");
  });
});
