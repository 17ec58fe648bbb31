import { exceptNamespaces } from "../../catalog/trustedNamespaces.ts";

/** A group of the API and the kinds of it that a policy looks at, by their plurals. */
export interface PolicyKinds {
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

/** One condition on an object, in Kubernetes' expression language (CEL). */
export interface PolicyValidation {
  readonly expression: string;
  /** Why an object is refused, in one line. */
  readonly message: string;
  /** CEL that gives the message with what is wrong in the object. @default `message` */
  readonly messageExpression?: string;
}

/** What objects of other teams must look like. */
export interface AdmissionPolicy {
  readonly kinds: readonly PolicyKinds[];
  /** Named expressions that the conditions use as `variables.<name>`. */
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  /** Objects that are looked at; an object must fit all. @default every one */
  readonly conditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly PolicyValidation[];
}

/**
 * `spec` of an `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicy over all namespaces that are not trusted.
 *
 * @param policy what it wants
 * @param trusted namespaces whose objects it leaves alone
 */
export function admissionPolicySpec(policy: AdmissionPolicy, trusted: readonly string[]) {
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      namespaceSelector: exceptNamespaces(trusted),
      resourceRules: policy.kinds.map(({ apiGroup, resources }) => ({
        apiGroups: [apiGroup],
        apiVersions: ["*"],
        operations: ["CREATE", "UPDATE"],
        resources: [...resources],
      })),
    },
    matchConditions: [
      // What is older than the policy can still be labelled, finalized and deleted.
      { name: "spec-is-new", expression: 'request.operation == "CREATE" || object.spec != oldObject.spec' },
      ...(policy.conditions ?? []),
    ],
    ...(policy.variables === undefined ? {} : { variables: [...policy.variables] }),
    validations: policy.validations.map((validation) => ({ ...validation, reason: "Forbidden" })),
  };
}
