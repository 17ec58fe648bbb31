/**
 * Lets the API server answer for the groups that pods would serve: it takes an APIService without a service for one of its
 * own. Simulated pods serve nothing, and while a group has no answer, no namespace can be deleted. A policy of the API server's
 * own, so that it holds whoever makes the APIService.
 */
const name = "no-pod-serves-an-api";

export const apiServicePolicy = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingAdmissionPolicy",
  metadata: { name },
  spec: {
    failurePolicy: "Fail",
    reinvocationPolicy: "Never",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ["apiregistration.k8s.io"],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["apiservices"],
        },
      ],
    },
    matchConditions: [{ name: "served-by-pods", expression: "has(object.spec.service)" }],
    mutations: [
      {
        patchType: "JSONPatch",
        jsonPatch: {
          expression: `[JSONPatch{op: "remove", path: "/spec/service"}] +
  (has(object.spec.insecureSkipTLSVerify) ? [JSONPatch{op: "remove", path: "/spec/insecureSkipTLSVerify"}] : []) +
  (has(object.spec.caBundle) ? [JSONPatch{op: "remove", path: "/spec/caBundle"}] : [])`,
        },
      },
    ],
  },
};

export const apiServicePolicyBinding = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "MutatingAdmissionPolicyBinding",
  metadata: { name },
  spec: { policyName: name },
};
