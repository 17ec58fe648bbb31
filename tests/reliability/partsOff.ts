import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { switchedOff } from "../support/variants.ts";
import { variantRuns } from "../support/variantRuns.ts";

/** Takes minutes: not among the tests of the continuous integration, started by `npm run verify -- reliability`. */
describe(`the platform without one of its parts from the start, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  const { holds, destroyed } = variantRuns(17800);

  for (const [part, more] of Object.entries({ ...switchedOff, prometheusOperator: {} })) {
    it(`dev without ${part}: up, preview, refresh, preview; destroy leaves nothing`, async () => {
      const settings = await platformSettings("dev", { parts: { [part]: false }, ...more });
      await holds(settings);
      await destroyed([], settings);
    });
  }
});
