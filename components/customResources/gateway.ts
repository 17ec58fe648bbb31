/** `spec` of a `gateway.networking.k8s.io/v1` HTTPRoute, with the fields that this stack sets. */
export interface HttpRouteSpec {
  /** `sectionName`: a listener of the Gateway. */
  parentRefs: { name: string; namespace: string; sectionName: string }[];
  hostnames: string[];
  rules: {
    matches: { path: { type: "PathPrefix"; value: string } }[];
    backendRefs: { name: string; port: number }[];
  }[];
}

/** `spec` of a `gateway.networking.k8s.io/v1beta1` ReferenceGrant, with the fields that this stack sets. */
export interface ReferenceGrantSpec {
  from: { group: "gateway.networking.k8s.io"; kind: "Gateway"; namespace: string }[];
  to: { group: ""; kind: "Secret"; name: string }[];
}
