import assert from "node:assert/strict";
import { isSecret } from "../../scripts/golden/redact.ts";
import { type ProgramRun, generatedPassword } from "../support/program.ts";
import { programRun } from "../support/runs.ts";

const webhookUrl = "https://hooks.example.org/hunter2";
const config = {
  alertmanager: JSON.stringify({
    receivers: { team: { type: "slack", channel: "#alerts" } },
    routes: [{ receiver: "team" }],
  }),
  alertSecrets: JSON.stringify({ team: webhookUrl }),
};

/** What must never be seen, by what it is. */
const secrets = { "the generated password": generatedPassword, "a receiver's URL": webhookUrl };

describe("secrets of the program", function () {
  this.slow(1000);
  let run: ProgramRun;
  before(async () => {
    run = await programRun(config);
  });

  it("are looked for with a search that finds them", () => {
    const { registered } = run;
    for (const secret of Object.values(secrets)) assert.ok(JSON.stringify(registered).includes(secret));
    assert.equal(run.outputs["grafanaAdminPassword"], generatedPassword);
  });

  for (const [what, secret] of Object.entries(secrets)) {
    it(`are in nothing but wrapped values of a Secret: ${what}`, () => {
      const places = run.registered.flatMap(({ label, inputs }) => placesOf(secret, inputs, label));
      assert.equal(places.length, 1);
      assert.match(places[0] ?? "", /^Secret [\w-]+\.stringData \(secret\)$/);
    });

    it(`are in no output that is not secret, and in no log: ${what}`, () => {
      const plain = Object.entries(run.outputs).filter(([name]) => !run.secretOutputs.includes(name));
      assert.ok(plain.length > 10);
      assert.ok(!JSON.stringify([plain, run.logs]).includes(secret));
    });
  }

  it("leave the password's output secret, and only that", () => {
    assert.deepEqual(run.secretOutputs, ["grafanaAdminPassword"]);
  });
});

/** Paths to a text; one inside a wrapped value ends at the wrapping. */
function placesOf(text: string, value: unknown, path: string): string[] {
  if (isSecret(value)) return placesOf(text, value.value, path).length > 0 ? [`${path} (secret)`] : [];
  if (typeof value === "string") return value.includes(text) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(text, inner, `${path}.${key}`));
}
