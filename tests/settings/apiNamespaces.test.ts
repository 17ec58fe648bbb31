import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

/** What is said of bounds, a line each, without the project's name. */
function refused(bounds: object, others: Readonly<Record<string, string>> = {}): string[] {
  try {
    parseSettings({ ...others, apiNamespaces: JSON.stringify(bounds) });
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n").map((line) => line.replace("fluffy-observability:", ""));
  }
}

describe("the setting apiNamespaces", () => {
  it("has room for an update of the sample API, which starts new pods before it ends old ones", () => {
    const two = "must hold the 2 pods of an update of the sample API (sampleApi.replicas is 1)";
    assert.deepEqual(refused({ cpu: "99m", memory: "511Mi", pods: 1 }), [
      `apiNamespaces.cpu is 99m: ${two}, which is 100m`,
      `apiNamespaces.memory is 511Mi: ${two}, which is 512Mi`,
      `apiNamespaces.pods is 1: ${two}`,
    ]);
    assert.deepEqual(refused({ cpu: "100m", memory: "512Mi", pods: 2 }), []);
    assert.deepEqual(refused({ cpu: "1", memory: "1Gi" }), []);
    const seven = { sampleApi: JSON.stringify({ replicas: 5 }) };
    assert.match(refused({ pods: 6 }, seven).join(), /^apiNamespaces\.pods is 6: must hold the 7 pods/);
    assert.deepEqual(refused({ pods: 7 }, seven), []);
  });

  it("may be any where there is no sample API", () => {
    assert.deepEqual(
      refused({ cpu: "1m", memory: "1Mi", pods: 1 }, { parts: JSON.stringify({ sampleApi: false }) }),
      [],
    );
  });
});
