import { stage, type Stage } from "./stage.ts";

/** True for an object that asks cert-manager for a CA (`inject-ca-from`, `inject-ca-from-secret`, `inject-apiserver-ca`). */
const wantsCa = `(.metadata.annotations // {} | keys | any(startswith("cert-manager.io/inject-")))`;

/**
 * What cert-manager's CA injector does: a CA in every webhook, and in every conversion webhook, that asks for one.
 *
 * @param caBundle a CA certificate, PEM in base64; the API server refuses one that cannot be read
 */
export function webhookStages(caBundle: string): Stage[] {
  return [
    ...["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].map((kind) =>
      stage({
        name: `inject-ca-${kind.toLowerCase()}`,
        target: { apiVersion: "admissionregistration.k8s.io/v1", kind },
        when: `${wantsCa} and any(.webhooks[]?; .clientConfig.caBundle == null)`,
        steps: [
          {
            patch: {
              type: "json",
              template: `
{{- range $index, $webhook := .webhooks }}
{{- if not $webhook.clientConfig.caBundle }}
- { op: add, path: "/webhooks/{{ $index }}/clientConfig/caBundle", value: ${caBundle} }
{{- end }}
{{- end }}`,
            },
          },
        ],
      }),
    ),
    stage({
      name: "inject-ca-customresourcedefinition",
      target: { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
      when: `${wantsCa} and .spec.conversion.webhook.clientConfig != null and .spec.conversion.webhook.clientConfig.caBundle == null`,
      steps: [
        {
          patch: {
            type: "json",
            template: `[{ op: add, path: /spec/conversion/webhook/clientConfig/caBundle, value: ${caBundle} }]`,
          },
        },
      ],
    }),
  ];
}
