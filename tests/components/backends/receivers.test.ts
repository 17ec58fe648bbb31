import assert from "node:assert/strict";
import type { ReceiverSettings } from "../../../settings/alerting.ts";
import { alertReceiver } from "../../../components/backends/receivers.ts";

const secret = { name: "the-secret", key: "url" };
const mail = { type: "email", to: "a@example.org", from: "b@example.org", smarthost: "smtp.example.org:587" } as const;

describe("alertReceiver", () => {
  const kinds: [ReceiverSettings, object][] = [
    [{ type: "teams", secret }, { msteamsv2Configs: [{ webhookURL: secret, sendResolved: true }] }],
    [{ type: "webhook", secret }, { webhookConfigs: [{ urlSecret: secret, sendResolved: true }] }],
    [{ type: "pagerduty", secret }, { pagerdutyConfigs: [{ routingKey: secret, sendResolved: true }] }],
    [
      { ...mail, username: "alerts", secret },
      {
        emailConfigs: [
          {
            to: "a@example.org",
            from: "b@example.org",
            smarthost: "smtp.example.org:587",
            authUsername: "alerts",
            authPassword: secret,
            sendResolved: true,
          },
        ],
      },
    ],
  ];
  for (const [settings, configs] of kinds) {
    it(`makes ${settings.type}`, () => {
      assert.deepEqual(alertReceiver("team", settings), { name: "team", ...configs });
    });
  }

  it("tells Slack what is wrong and where to read on", () => {
    const [slack] = alertReceiver("team", { type: "slack", channel: "#alerts", secret }).slackConfigs ?? [];
    assert.deepEqual(slack?.apiURL, secret);
    assert.equal(slack.channel, "#alerts");
    assert.match(slack.text, /\.Annotations\.description.*\n.*\.Annotations\.runbook_url/);
  });

  it("logs in to a mail server only with a name", () => {
    const [config] = alertReceiver("team", mail).emailConfigs ?? [];
    assert.ok(config && !("authPassword" in config) && !("authUsername" in config));
  });

  it("refers to the stack's own Secret where none is named", () => {
    assert.deepEqual(alertReceiver("team", { type: "webhook" }).webhookConfigs?.[0]?.urlSecret, {
      name: "alertmanager-receivers",
      key: "team",
    });
  });
});
