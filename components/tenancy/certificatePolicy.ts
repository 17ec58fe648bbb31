import { namespaces, resources } from "../../catalog/names.ts";
import type { AdmissionPolicy } from "./admissionPolicy.ts";

const usages = ["digital signature", "client auth"];

/**
 * What the CA of the platform signs in other namespaces: certificates of clients, which only bring the CA along. cert-manager's chart lets
 * everybody with the role `edit` ask, and any other certificate could stand for the Collector.
 */
export const certificatePolicy: AdmissionPolicy = {
  kinds: [{ apiGroup: "cert-manager.io", resources: ["certificaterequests"] }],
  conditions: [
    {
      // The agents serve their metrics. Whoever writes into that namespace has the nodes' folders already.
      name: "not-the-agents",
      expression: `object.metadata.namespace != '${namespaces.nodeAgents}'`,
    },
    {
      name: "by-the-platform",
      expression:
        "has(object.spec.issuerRef.kind) && object.spec.issuerRef.kind == 'ClusterIssuer' && " +
        `object.spec.issuerRef.name == '${resources.internalCa}'`,
    },
  ],
  validations: [
    {
      expression: "!has(object.spec.isCA) || !object.spec.isCA",
      message: `spec.isCA may not be true by ClusterIssuer ${resources.internalCa}: who has a CA below it signs every name`,
    },
    {
      // Without an extended usage a certificate is good for everything.
      expression:
        "has(object.spec.usages) && 'client auth' in object.spec.usages && " +
        `object.spec.usages.all(u, u in [${usages.map((usage) => `'${usage}'`).join(", ")}])`,
      message: `spec.usages by ClusterIssuer ${resources.internalCa} are to be client auth, and digital signature beside it: any other certificate could stand for the Collector`,
    },
  ],
};
