import { artifactsAre, platformSettings } from "../support/platformSandbox.ts";
import { switchedOff } from "../../review/program/variants.ts";
import { variantRuns } from "../support/variantRuns.ts";

/** Takes minutes: not among the tests of the continuous integration, started by `npm run verify -- reliability`. */
describe(`the platform without one of its parts from the start, with ${artifactsAre}`, function () {
  this.timeout(300_000);
  const { run, holds, destroyed, crds } = variantRuns(17800);
  let kinds: string[];

  // A part is switched off where the cluster has its own: with its kinds, at least.
  before("install the kinds of every part", async () => {
    const settings = await platformSettings("dev", { crdPolicy: "keep" });
    await run("up", settings);
    kinds = await crds();
    await destroyed(kinds, settings);
  });

  for (const [part, more] of Object.entries({ ...switchedOff, prometheusOperator: {} })) {
    it(`dev without ${part}: up, preview, refresh, preview; destroy leaves the kinds alone`, async () => {
      const settings = await platformSettings("dev", { crdPolicy: "keep", parts: { [part]: false }, ...more });
      await holds(settings);
      await destroyed(kinds, settings);
    });
  }
});
