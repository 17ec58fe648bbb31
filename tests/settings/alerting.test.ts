import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";

const slack = { type: "slack", channel: "#alerts", secret: { name: "slack", key: "url" } };
const routes = [{ receiver: "team" }];

/** The lines of the error, without the project's name. */
function problems(config: Readonly<Record<string, object>>): string[] {
  try {
    parseSettings(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)])));
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll("fluffy-observability:", "").split("\n");
  }
}

describe("the settings of notifications", () => {
  it("may be left out", () => {
    assert.deepEqual(problems({}), []);
  });

  it("take each type of receiver", () => {
    const secret = { name: "a", key: "b" };
    const mail = { to: "a@example.org", from: "b@example.org", smarthost: "smtp.example.org:587" };
    const receivers = {
      a: slack,
      b: { type: "teams", secret },
      c: { type: "webhook", secret },
      d: { type: "pagerduty", secret },
      e: { type: "email", ...mail },
      f: { type: "email", ...mail, username: "alerts", secret },
    };
    const all = Object.keys(receivers).map((receiver) => ({ receiver }));
    assert.deepEqual(problems({ alertmanager: { receivers, routes: all } }), []);
  });

  it("take a secret value for a receiver that names no Secret, and keep nothing of it", () => {
    const receivers = { team: { type: "webhook" } };
    const config = { alertmanager: { receivers, routes }, alertSecrets: { team: "https://example.org/hidden" } };
    assert.deepEqual(problems(config), []);
    const settings = parseSettings(
      Object.fromEntries(Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)])),
    );
    assert.deepEqual(settings.alertSecrets, { team: { isUrl: true } });
    assert.doesNotMatch(JSON.stringify(settings), /hidden/);
  });

  const refused: Record<string, [config: Record<string, object>, problem: string]> = {
    "a receiver without its secret": [
      { alertmanager: { receivers: { team: { type: "webhook" } }, routes } },
      "alertmanager.receivers.team.secret is missing: name a Secret and its key, or pulumi config set --secret --path " +
        "'alertSecrets[\"team\"]'",
    ],
    "a secret given twice": [
      { alertmanager: { receivers: { team: slack }, routes }, alertSecrets: { team: "x" } },
      "alertSecrets.team and alertmanager.receivers.team.secret are both set: leave one of them out",
    ],
    "a secret that is no URL where one is needed": [
      { alertmanager: { receivers: { team: { type: "webhook" } }, routes }, alertSecrets: { team: "hooks/hunter2" } },
      "alertSecrets.team is [secret]: must be an http or https URL",
    ],
    "a name that every object has": [
      { alertmanager: { receivers: { team: slack }, routes: [...routes, { receiver: "constructor" }] } },
      'alertmanager.routes.1.receiver is "constructor": must be one of team',
    ],
    "a secret for nobody": [
      { alertmanager: { receivers: { team: slack }, routes }, alertSecrets: { taem: "x" } },
      "alertSecrets.taem has no receiver of that name: there are team",
    ],
    "a field that the type lacks": [
      { alertmanager: { receivers: { team: { type: "slack", secret: slack.secret } }, routes } },
      "alertmanager.receivers.team.channel is missing: a receiver of type slack needs it",
    ],
    "a field of another type": [
      { alertmanager: { receivers: { team: { ...slack, smarthost: "a:25" } }, routes } },
      "alertmanager.receivers.team.smarthost is not for type slack; allowed are: type, secret, channel",
    ],
    "a password without a name to log in": [
      {
        alertmanager: {
          receivers: {
            team: { type: "email", to: "a@b.org", from: "c@d.org", smarthost: "e:25", secret: slack.secret },
          },
          routes,
        },
      },
      "alertmanager.receivers.team.username is missing: there is a password for it",
    ],
    "a receiver that is told nothing": [
      { alertmanager: { receivers: { team: slack } } },
      "alertmanager.receivers.team is not used: name it in alertmanager.routes, or set it as alertmanager.deadMansSwitch",
    ],
    "a route to nobody": [
      { alertmanager: { routes: [{ receiver: "team" }] } },
      'alertmanager.routes.0.receiver is "team", but alertmanager.receivers is empty: add that receiver there',
    ],
    "a dead man's switch of nobody": [
      { alertmanager: { receivers: { team: slack }, routes, deadMansSwitch: "tame" } },
      'alertmanager.deadMansSwitch is "tame": must be empty, or one of team',
    ],
    "an unknown type": [
      { alertmanager: { receivers: { team: { type: "pigeon" } }, routes } },
      'alertmanager.receivers.team.type is "pigeon": must be one of slack, teams, webhook, pagerduty, email',
    ],
    "an unknown key in a receiver": [
      { alertmanager: { receivers: { team: { ...slack, chanel: "#a" } }, routes } },
      "alertmanager.receivers.team.chanel is not a setting; allowed are: type, secret, channel, to, from, smarthost, username",
    ],
    "an unknown severity": [
      { alertmanager: { receivers: { team: slack }, routes: [{ receiver: "team", severities: ["info"] }] } },
      'alertmanager.routes.0.severities.0 is "info": must be one of critical, warning',
    ],
    "a secret that is no text, without showing it": [
      { alertmanager: { receivers: { team: { type: "webhook" } }, routes }, alertSecrets: { team: 4711 } },
      "alertSecrets.team is [secret]: must be the URL, key or password of the receiver, in quotes",
    ],
    "an objective that no alert could watch": [
      { slo: { services: { shop: { availability: 0.9 } } } },
      "slo.services.shop.availability is 0.9: must be a number from 0.95 to 0.9999",
    ],
    "a bound between two buckets": [
      { slo: { latencySeconds: 0.3 } },
      "slo.latencySeconds is 0.3: must be one of 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10",
    ],
  };
  for (const [what, [config, problem]] of Object.entries(refused)) {
    it(`refuse ${what} in one line`, () => {
      assert.deepEqual(problems(config), [problem]);
    });
  }

  it("refuse a receiver called none", () => {
    assert.match(
      problems({ alertmanager: { receivers: { none: slack } } }).join("\n"),
      /alertmanager\.receivers.*not none/,
    );
  });
});
