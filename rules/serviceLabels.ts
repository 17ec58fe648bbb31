/** Stands where a service says no namespace. No namespace of Kubernetes can have this name. */
export const withoutNamespace = "no_namespace";

/** The namespace of a service in a message. */
export const noNamespace = `{{ or $labels.k8s_namespace_name "${withoutNamespace}" }}`;

/** A message goes to those whose service it is, not to those who run the collector. */
export const serviceLabels = { namespace: noNamespace };
