import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { namespaces, serviceHost, services } from "../../catalog/names.ts";
import type { ManifestObject } from "../../artifacts/manifests/manifest.ts";
import type { EnvVar } from "../../components/customResources/common.ts";
import { eventually } from "./eventually.ts";
import { kubeconfigAs } from "./impersonation.ts";
import { killChild } from "./killChild.ts";

/** Puts a file in the place of the machine's names. */
const withNames = ["--map-root-user", "--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"'];

/** Whether this machine lets this user change names for one program. */
export const canChangeNames = spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0;

/** What the operator needs. */
export interface GrafanaOperatorArgs {
  /** Path of its program. */
  readonly command: string;
  /** As its release holds it. */
  readonly deployment: ManifestObject;
  readonly kubeconfig: string;
  /** Address of what stands for Grafana. */
  readonly grafana: string;
  /** For its files. */
  readonly folder: string;
  /** Two loopback ports. */
  readonly ports: readonly [probes: number, metrics: number];
}

/**
 * Starts the real Grafana operator beside the cluster, with arguments, environment and rights of its own pod; Grafana's Service has another
 * address for it.
 *
 * @throws where it does not become ready
 */
export async function startGrafanaOperator(args: GrafanaOperatorArgs): Promise<ChildProcess> {
  const { command, deployment, grafana, folder, ports } = args;
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost\n${grafana} ${serviceHost(services.grafana, namespaces.observability)}\n`);
  const account = `system:serviceaccount:${namespaces.grafanaOperator}:grafana-operator`;
  const kubeconfig = join(folder, "kubeconfig-of-operator");
  writeFileSync(kubeconfig, kubeconfigAs(account, args.kubeconfig));
  const { spec } = deployment as unknown as { spec: { template: { spec: { containers: [Container] } } } };
  const [container] = spec.template.spec.containers;
  const own = container.args.filter((arg) => !/^--(leader-elect|.*-addr|.*-bind-address)\b/.test(arg));
  const listen = [`--health-probe-bind-address=127.0.0.1:${ports[0]}`, `--metrics-bind-address=127.0.0.1:${ports[1]}`];
  const env = Object.fromEntries(container.env.map(({ name, value = "" }) => [name, value]));
  const log = openSync(join(folder, "operator.log"), "w");
  const child = spawn("unshare", [...withNames, hosts, command, ...own, ...listen], {
    env: { PATH: process.env["PATH"], ...env, KUBECONFIG: kubeconfig },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  try {
    await eventually(async () => {
      assert.equal(child.exitCode, null, `the operator ended: ${join(folder, "operator.log")}`);
      assert.ok((await fetch(`http://127.0.0.1:${ports[0]}/readyz`)).ok);
    }, 30_000);
  } catch (error) {
    await killChild(child);
    throw error;
  }
  return child;
}

interface Container {
  readonly args: string[];
  readonly env: EnvVar[];
}
