import { spawnSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { type Cluster, syncStages } from "../../sandbox/cluster/cluster.ts";
import { chartArguments } from "../../review/render/chart.ts";
import { type Helm, runHelm } from "../../review/render/helmCommand.ts";
import { readReleaseInputs } from "../../review/render/releaseInputs.ts";

/** A resource as the program registers it. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** One command that a person would type: a release, a wait for a webhook's CA, or a batch of objects to apply. */
export type Step =
  | { readonly do: "release"; readonly resource: Resource }
  | { readonly do: "wait"; readonly kind: string; readonly name: string }
  | { readonly do: "apply"; readonly objects: Record<string, unknown>[] };

/**
 * The commands that make the same objects in the same order without the program: neighbouring objects go in one batch.
 *
 * @param resources in the order in which the program registered them
 */
export function stepsByHand(resources: readonly Resource[]): Step[] {
  const steps: Step[] = [];
  for (const resource of resources) {
    const { type, inputs } = resource;
    if (!type.startsWith("kubernetes:")) continue;
    if (type.endsWith(":Release")) steps.push({ do: "release", resource });
    else if (type.endsWith("Patch")) {
      const { name } = inputs["metadata"] as { name: string };
      steps.push({ do: "wait", kind: inputs["kind"] as string, name });
    } else {
      const object = unmarked(inputs) as Record<string, unknown>;
      const last = steps.at(-1);
      if (last?.do === "apply") last.objects.push(object);
      else steps.push({ do: "apply", objects: [object] });
    }
  }
  return steps;
}

/** What the commands are run with. */
export interface Hand {
  readonly cluster: Cluster;
  readonly helm: Helm;
  readonly kubectl: string;
  /** Folder that charts are relative to. */
  readonly project: string;
}

/** Runs the steps one after the other, as a script would. */
export async function runByHand(steps: readonly Step[], hand: Hand): Promise<void> {
  for (const step of steps) {
    if (step.do === "release") {
      await install(step.resource, hand);
      await syncStages(hand.cluster);
    } else if (step.do === "wait") {
      const condition = "--for=jsonpath={.webhooks[0].clientConfig.caBundle}";
      kubectl(hand, ["wait", condition, "--timeout=60s", `${step.kind}/${step.name}`]);
    } else {
      kubectl(hand, ["apply", "--server-side", "--filename", "-"], list(step.objects));
      // The sandbox waits for these too; it also waits for what the Prometheus operator thinks, which nobody does by hand.
      for (const { kind, metadata } of step.objects as { kind: string; metadata: Record<string, string> }[]) {
        if (kind !== "Deployment") continue;
        const { name = "", namespace = "default" } = metadata;
        kubectl(hand, ["rollout", "status", `deployment/${name}`, "--namespace", namespace, "--timeout=60s"]);
      }
    }
  }
}

async function install({ inputs, name }: Resource, { helm, project }: Hand): Promise<void> {
  const release = readReleaseInputs(inputs, name);
  const args = ["upgrade", release.name, ...chartArguments(release, project), "--install", "--wait", "--atomic"];
  if (release.skipCrds) args.push("--skip-crds");
  const where = ["--namespace", release.namespace, "--timeout", `${release.timeout}s`];
  await runHelm(helm, [...args, ...where, "--values", "-"], JSON.stringify(release.values));
}

/** Without the SDK's marks on secrets, which only the monitor understands. */
function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.runtime.isRpcSecret(value)) return unmarked((value as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unmarked(inner)]));
}

function list(items: Record<string, unknown>[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

/** @throws Error with kubectl's words when it fails */
function kubectl({ kubectl, cluster }: Hand, args: string[], stdin = ""): void {
  const { status, stderr } = spawnSync(kubectl, ["--kubeconfig", cluster.kubeconfig, ...args], { input: stdin });
  if (status !== 0) throw new Error(stderr.toString().trim());
}
