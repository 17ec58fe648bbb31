import assert from "node:assert/strict";
import { isSecret } from "../../review/golden/redact.ts";
import { type ProgramRun, generatedPassword } from "../../review/program/program.ts";
import { variants } from "../../review/program/variants.ts";
import { programRun } from "../../review/program/runs.ts";

const webhookUrl = "https://hooks.example.org/hunter2";
const config = {
  ...variants["hosts behind oauth2-proxy"],
  alertmanager: JSON.stringify({
    receivers: { team: { type: "slack", channel: "#alerts" } },
    routes: [{ receiver: "team" }],
  }),
  alertSecrets: JSON.stringify({ team: webhookUrl }),
};

/** What must never be seen, by what it is, and how many Secrets have it. */
const secrets = {
  // Grafana's, that of its metrics, and the key of the login proxies' cookies.
  "the generated password": { secret: generatedPassword, holders: 3 },
  "a receiver's URL": { secret: webhookUrl, holders: 1 },
};

describe("secrets of the program", function () {
  this.slow(1000);
  let run: ProgramRun;
  before(async () => {
    run = await programRun(config);
  });

  it("are looked for with a search that finds them", () => {
    const { registered } = run;
    for (const { secret } of Object.values(secrets)) assert.ok(JSON.stringify(registered).includes(secret));
  });

  for (const [what, { secret, holders }] of Object.entries(secrets)) {
    it(`are in nothing but wrapped values of a Secret: ${what}`, () => {
      const places = run.registered.flatMap(({ label, inputs }) => placesOf(secret, inputs, label));
      assert.equal(places.length, holders);
      for (const place of places) assert.match(place, /^Secret [\w-]+\.stringData(\.[\w-]+)? \(secret\)$/);
    });

    it(`are in no output, and in no log: ${what}`, () => {
      assert.ok(Object.keys(run.outputs).length > 10);
      assert.ok(!JSON.stringify([run.outputs, run.logs]).includes(secret));
    });
  }

  it("are in no secret output either: who may read a stack's outputs may decrypt them", () => {
    assert.deepEqual(run.secretOutputs, []);
  });
});

/** Paths to a text; one inside a wrapped value ends at the wrapping. */
function placesOf(text: string, value: unknown, path: string): string[] {
  if (isSecret(value)) return placesOf(text, value.value, path).length > 0 ? [`${path} (secret)`] : [];
  if (typeof value === "string") return value.includes(text) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(text, inner, `${path}.${key}`));
}
