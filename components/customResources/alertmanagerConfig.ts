import type { SecretKeySelector } from "./common.ts";

/** A condition on one label of an alert. */
export interface Matcher {
  name: string;
  value: string;
  matchType: "=" | "=~";
}

/** Which alerts go to which receiver, and how often. */
export interface AlertRoute {
  receiver: string;
  matchers?: Matcher[];
  /** Look at the routes after this one too. */
  continue?: boolean;
  groupBy?: string[];
  groupWait?: string;
  groupInterval?: string;
  repeatInterval?: string;
  routes?: AlertRoute[];
}

/** A receiver with at most one kind of messages. */
export interface AlertReceiver {
  name: string;
  slackConfigs?: { apiURL: SecretKeySelector; channel: string; sendResolved: boolean; text: string }[];
  msteamsv2Configs?: { webhookURL: SecretKeySelector; sendResolved: boolean }[];
  webhookConfigs?: { urlSecret: SecretKeySelector; sendResolved: boolean }[];
  pagerdutyConfigs?: { routingKey: SecretKeySelector; sendResolved: boolean }[];
  emailConfigs?: {
    to: string;
    from: string;
    smarthost: string;
    authUsername?: string;
    authPassword?: SecretKeySelector;
    sendResolved: boolean;
  }[];
}

/** `spec` of a `monitoring.coreos.com/v1alpha1` AlertmanagerConfig, with the fields that this stack sets. */
export interface AlertmanagerConfigSpec {
  route: AlertRoute;
  receivers: AlertReceiver[];
  inhibitRules: { sourceMatch: Matcher[]; targetMatch: Matcher[]; equal: string[] }[];
}
