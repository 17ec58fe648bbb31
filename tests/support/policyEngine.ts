import { execFile } from "node:child_process";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";

/** One end of a connection: a pod, or an address that is none. */
export interface TrafficEnd {
  readonly name: string;
  readonly ip: string;
  readonly pod?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/** A connection that somebody tries to open. */
export interface Traffic {
  readonly source: TrafficEnd;
  readonly destination: TrafficEnd;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** Answers whether policies let each connection through, out of its source and into its destination. */
export type PolicyEngine = (policies: readonly object[], traffic: readonly Traffic[]) => Promise<boolean[]>;

/** Cyclonus' engine, as a program. The first time it is built. */
export async function policyEngine(): Promise<PolicyEngine> {
  const { cyclonus } = await ensureTools(["cyclonus"], sandboxPaths(), createReport());
  return async (policies, traffic) => {
    const asked = {
      Policies: policies,
      Traffic: traffic.map(({ source, destination, port, protocol }) => ({
        Source: asPeer(source),
        Destination: asPeer(destination),
        Protocol: protocol,
        ResolvedPort: port,
      })),
    };
    const output = await new Promise<string>((done, failed) => {
      const child = execFile(cyclonus, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else failed(new Error(`${error.message} ${stderr}`));
      });
      child.stdin?.end(JSON.stringify(asked));
    });
    const answers = JSON.parse(output) as { ingress: boolean; egress: boolean }[];
    return answers.map(({ ingress, egress }) => ingress && egress);
  };
}

/** As Cyclonus has it. */
function asPeer({ ip, pod }: TrafficEnd) {
  if (pod === undefined) return { IP: ip };
  const { namespace, labels } = pod;
  const NamespaceLabels = { "kubernetes.io/metadata.name": namespace };
  return { IP: ip, Internal: { PodLabels: labels, NamespaceLabels, Namespace: namespace } };
}
