import assert from "node:assert/strict";
import { checkSettings } from "../../stacks/checkSettings.ts";

describe("checkSettings", () => {
  const check = (name: string, config: Record<string, string>) => checkSettings({ name, config });

  it("refuses what the programs of this repository would", async () => {
    await assert.rejects(check("fluffy-observability", { "fluffy-observability:jaegerEngine": "v3" }), {
      message: 'fluffy-observability:jaegerEngine is "v3": must be one of v2, operator',
    });
    await assert.rejects(check("team-api", { "team-api:replicas": "0" }), /^Error: team-api:replicas is 0: must be/);
  });

  it("leaves what it knows nothing of to its program", async () => {
    await check("fluffy-observability", { "kubernetes:context": "c" });
    await check("shop", { "shop:anything": "x" });
  });
});
