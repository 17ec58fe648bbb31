import assert from "node:assert/strict";
import type { ProgramRun } from "../../review/program/program.ts";
import { programRun, registering } from "../../review/program/runs.ts";
import { registerTeamApis } from "../../review/program/teamApis.ts";

/** What the engine has to do for a program. */
function work({ registered, asked }: ProgramRun) {
  return {
    registrations: registered.length,
    dependencies: asked.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
    characters: registered.reduce((sum, { inputs }) => sum + JSON.stringify(inputs).length, 0),
  };
}
type Work = ReturnType<typeof work>;

/** What each more takes, of two runs. */
function each(one: Work, [many, more]: readonly [Work, number]): Work {
  const of = (key: keyof Work) => (many[key] - one[key]) / more;
  return { registrations: of("registrations"), dependencies: of("dependencies"), characters: of("characters") };
}

describe("what is registered grows as what it is for", function () {
  this.timeout(120_000);

  it("with the APIs of a team: the hundredth takes as much as the second", async () => {
    const [one, ten, hundred] = (await Promise.all(
      [1, 10, 100].map(async (count) =>
        work(
          await registering(() => {
            registerTeamApis(count);
          }),
        ),
      ),
    )) as [Work, Work, Work];
    const [few, many] = [each(one, [ten, 9]), each(one, [hundred, 99])];
    assert.ok(few.registrations > 8 && Number.isInteger(few.registrations), JSON.stringify(few));
    assert.deepEqual([many.registrations, many.dependencies], [few.registrations, few.dependencies]);
    // Names have a digit more.
    assert.ok(Math.abs(many.characters / few.characters - 1) < 0.01, `${many.characters} and ${few.characters}`);
  });

  it("with services that promise something of their own: no resource more, and rules of the same size for each", async () => {
    const [one, ten, hundred] = (await Promise.all(
      [1, 10, 100].map(async (count) => {
        const names = Array.from({ length: count }, (_, index) => `service-${100 + index}`);
        const services = Object.fromEntries(names.map((name) => [name, { availability: 0.99 }]));
        return work(await programRun({ slo: JSON.stringify({ services }) }));
      }),
    )) as [Work, Work, Work];
    const [few, many] = [each(one, [ten, 9]), each(one, [hundred, 99])];
    assert.deepEqual([few.registrations, many.registrations, many.dependencies], [0, 0, 0]);
    assert.ok(
      few.characters > 0 && Math.abs(many.characters / few.characters - 1) < 0.01,
      `${many.characters} and ${few.characters}`,
    );
  });
});
