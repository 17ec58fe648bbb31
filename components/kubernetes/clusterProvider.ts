import * as kubernetes from "@pulumi/kubernetes";

/**
 * The provider for everything that a stack has in its cluster.
 *
 * @param kubeContext context of the kubeconfig; "" is the current one
 */
export function clusterProvider(kubeContext: string): kubernetes.Provider {
  return new kubernetes.Provider("cluster", {
    // "" stands for the kubeconfig of whoever runs it. Left out, the SDK writes the value of KUBECONFIG into the state, where
    // a refresh or destroy on another machine looks for that path; a list of files would not be understood at all.
    kubeconfig: "",
    // A field that somebody changed by hand comes back at the next up. Otherwise that up would fail: the field has two owners.
    enablePatchForce: true,
    // What a Secret or ConfigMap holds is changed in place. Replaced, it would not be there in between, and who reads it would have nothing.
    enableSecretMutable: true,
    enableConfigMapMutable: true,
    ...(kubeContext === "" ? {} : { context: kubeContext }),
  });
}
