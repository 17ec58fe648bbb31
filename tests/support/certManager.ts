import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { namespaces } from "../../catalog/names.ts";
import { kubeconfigAs } from "./impersonation.ts";

/** What cert-manager needs. */
export interface CertManagerArgs {
  /** Path of its program. */
  readonly command: string;
  readonly kubeconfig: string;
  /** For its files; its log is `cert-manager.log`. */
  readonly folder: string;
}

/** Starts the real controllers of cert-manager beside the cluster, with the rights of its own pod. */
export function startCertManager({ command, kubeconfig, folder }: CertManagerArgs): ChildProcess {
  const own = join(folder, "kubeconfig-of-cert-manager");
  writeFileSync(own, kubeconfigAs(`system:serviceaccount:${namespaces.certManager}:cert-manager`, kubeconfig));
  const log = openSync(join(folder, "cert-manager.log"), "w");
  const args = ["--kubeconfig", own, "--cluster-resource-namespace", namespaces.certManager];
  const child = spawn(command, args, { stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}
