/** A container with which the policy pack finds no fault but, perhaps, its image. */
export function soundContainer(image: string) {
  const health = { httpGet: { path: "/healthz", port: 8000 } };
  return {
    name: "api",
    image,
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    readinessProbe: health,
    livenessProbe: health,
    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true },
  };
}
