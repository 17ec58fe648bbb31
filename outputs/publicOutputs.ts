import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformOutputs, publicConfigMap, publicOutputs } from "./read.ts";
import { labels } from "../catalog/labels.ts";

/** The outputs of the stack. */
export type StackOutputs = { readonly [Name in keyof PlatformOutputs]: pulumi.Input<PlatformOutputs[Name]> };

/** What PublicOutputs needs. */
export interface PublicOutputsArgs {
  readonly outputs: StackOutputs;
  /** Who reads them begins: a pod that is made before the Instrumentation is as they say is not injected with it. */
  readonly instrumentation: pulumi.Resource;
}

/**
 * What other teams' programs need of the platform, in a ConfigMap that every user of the cluster may read. Reading the stack's
 * own outputs would take the key of its state, and with it its secrets.
 */
export class PublicOutputs extends pulumi.ComponentResource {
  constructor(name: string, { outputs, instrumentation }: PublicOutputsArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:PublicOutputs", name, {}, opts);
    const { name: objectName, namespace } = publicConfigMap;
    const metadata = { name: objectName, namespace, labels: labels({ name: objectName, component: "outputs" }) };
    const data = Object.fromEntries(
      publicOutputs.map((output) => [output, pulumi.output(outputs[output]).apply((value) => JSON.stringify(value))]),
    );
    new kubernetes.core.v1.ConfigMap(objectName, { metadata, data }, { parent: this, dependsOn: instrumentation });
    const role = new kubernetes.rbac.v1.Role(
      objectName,
      {
        metadata,
        rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: [objectName], verbs: ["get"] }],
      },
      { parent: this },
    );
    new kubernetes.rbac.v1.RoleBinding(
      objectName,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: objectName },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:authenticated" }],
      },
      { parent: this, dependsOn: role },
    );
    this.registerOutputs({});
  }
}
