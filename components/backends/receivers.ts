import { type ReceiverSettings, needsSecret } from "../../settings/alerting.ts";
import type { AlertReceiver } from "../customResources/alertmanagerConfig.ts";
import type { SecretKeySelector } from "../customResources/common.ts";
import { resources } from "../../catalog/names.ts";

/** The receiver that tells nobody: the root of the routes needs one. */
export const nobody = "none";

/** Slack's own message has no text: what is wrong, and where to read on. */
const slackText = [
  "{{ range .Alerts }}{{ .Annotations.description }}",
  "Runbook: {{ .Annotations.runbook_url }}",
  "{{ end }}",
].join("\n");

/**
 * A receiver as the Prometheus operator wants it. What is secret in it stays a reference.
 *
 * @param name its name; also the key in the stack's own Secret
 * @param receiver the checked settings
 */
export function alertReceiver(name: string, receiver: ReceiverSettings): AlertReceiver {
  const secret = receiver.secret ?? { name: resources.alertSecret, key: name };
  // Without it nobody hears that it is over.
  const sendResolved = true;
  switch (receiver.type) {
    case "slack":
      return {
        name,
        slackConfigs: [{ apiURL: secret, channel: receiver.channel ?? "", sendResolved, text: slackText }],
      };
    case "teams":
      return { name, msteamsv2Configs: [{ webhookURL: secret, sendResolved }] };
    case "webhook":
      return { name, webhookConfigs: [{ urlSecret: secret, sendResolved }] };
    case "pagerduty":
      return { name, pagerdutyConfigs: [{ routingKey: secret, sendResolved }] };
    case "email":
      return { name, emailConfigs: [{ ...mail(receiver, secret), sendResolved }] };
  }
}

function mail(receiver: ReceiverSettings, secret: SecretKeySelector) {
  const { to = "", from = "", smarthost = "", username = "" } = receiver;
  return {
    to,
    from,
    smarthost,
    ...(needsSecret(receiver) ? { authUsername: username, authPassword: secret } : {}),
  };
}
