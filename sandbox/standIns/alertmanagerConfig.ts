import { bindings } from "./monitors.ts";
import type { CrdArgs } from "./objects.ts";
import { secretKey } from "./podSchemas.ts";
import { type Schema, boolean, list, object, string } from "./schema.ts";

const matchers = list(object({ matchType: string, name: string, regex: boolean, value: string }, ["name"]));

/** As upstream: a schema cannot contain itself, so routes inside routes are open. */
const anyRoute: Schema = { "x-kubernetes-preserve-unknown-fields": true };

const route = object({
  continue: boolean,
  groupBy: list(string),
  groupInterval: string,
  groupWait: string,
  matchers,
  receiver: string,
  repeatInterval: string,
  routes: list(anyRoute),
});

const sendResolved = boolean;

const receiver = object(
  {
    emailConfigs: list(
      object({
        authPassword: secretKey,
        authUsername: string,
        from: string,
        html: string,
        requireTLS: boolean,
        sendResolved,
        smarthost: string,
        text: string,
        to: string,
      }),
    ),
    msteamsv2Configs: list(object({ sendResolved, text: string, title: string, webhookURL: secretKey })),
    name: string,
    pagerdutyConfigs: list(
      object({ description: string, routingKey: secretKey, sendResolved, serviceKey: secretKey, severity: string }),
    ),
    slackConfigs: list(
      object({
        apiURL: secretKey,
        channel: string,
        color: string,
        sendResolved,
        text: string,
        title: string,
        titleLink: string,
        username: string,
      }),
    ),
    webhookConfigs: list(object({ sendResolved, url: string, urlSecret: secretKey })),
  },
  ["name"],
);

/** Who Alertmanager tells. */
export const alertmanagerConfig: Omit<CrdArgs, "group"> = {
  kind: "AlertmanagerConfig",
  shortNames: ["amcfg"],
  versions: [
    {
      name: "v1alpha1",
      spec: object({
        inhibitRules: list(object({ equal: list(string), sourceMatch: matchers, targetMatch: matchers })),
        receivers: list(receiver),
        route,
      }),
      status: bindings,
    },
  ],
};
