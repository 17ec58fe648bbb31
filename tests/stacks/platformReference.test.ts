import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import {
  type PlatformOutputs,
  platformOutputSecrecy,
  type PlatformRequest,
  readPlatform,
} from "../../stacks/platformReference.ts";
import { besidePlatform } from "../support/besidePlatform.ts";
import { readProjectFile } from "../support/markdown.ts";
import type { SavedOutputs } from "../support/program.ts";
import { stackRun, stacks } from "../support/runs.ts";

const stack = "organization/fluffy-observability/dev";
const names = Object.keys(platformOutputSecrecy).sort();
const secretNames = names.filter((name) => platformOutputSecrecy[name as keyof PlatformOutputs]);

describe("the table of the platform's outputs", function () {
  this.slow(1500);

  for (const name of stacks) {
    it(`has what index.ts gives for ${name}, and is as secret`, async () => {
      const { outputs, secretOutputs } = await stackRun(name);
      assert.deepEqual(Object.keys(outputs).sort(), names);
      assert.deepEqual(secretOutputs, secretNames);
    });

    it(`has the names of the golden outputs of ${name}`, () => {
      const golden = load(readProjectFile(`tests/golden/${name}/outputs.yaml`)) as Record<string, unknown>;
      assert.deepEqual(Object.keys(golden).sort(), names);
      const redacted = Object.entries(golden).filter(([, value]) => value === "[secret]");
      assert.deepEqual(
        redacted.map(([key]) => key),
        secretNames,
      );
    });
  }
});

describe("readPlatform", () => {
  const outputs = {
    instrumentation: "observability/python",
    sampleApiUrl: "http://api",
    grafanaAdminPassword: "hidden",
  };

  /** What the values are, and which of them are secret. */
  async function read(platform: SavedOutputs, request: PlatformRequest<keyof PlatformOutputs, keyof PlatformOutputs>) {
    const values: Record<string, unknown> = {};
    let secret: string[] = [];
    const project = { name: "consumer", config: {} };
    const { error, registered } = await besidePlatform(platform, project, async () => {
      const found = Object.entries<pulumi.Output<unknown>>(await readPlatform(stack, request));
      for (const [name, value] of found) values[name] = await inside(value);
      const marked = await Promise.all(
        found.map(async ([name, value]) => ((await pulumi.isSecret(value)) ? [name] : [])),
      );
      secret = marked.flat();
      return {};
    });
    return { values, secret, error, registered: registered.map(({ label }) => label) };
  }

  it("gives the values of what is asked for, and nothing else", async () => {
    const { values, secret, registered } = await read({ outputs }, { needs: ["instrumentation"], uses: [] });
    assert.deepEqual(values, { instrumentation: "observability/python" });
    assert.deepEqual(secret, []);
    assert.deepEqual(registered, [`StackReference ${stack}`]);
  });

  it("keeps an output secret when the stack or the table says so", async () => {
    const request = { needs: ["grafanaAdminPassword", "instrumentation", "sampleApiUrl"], uses: [] } as const;
    const plain = await read({ outputs }, request);
    assert.deepEqual(plain.secret, ["grafanaAdminPassword"]);
    const marked = await read({ outputs, secretOutputs: ["grafanaAdminPassword", "sampleApiUrl"] }, request);
    assert.deepEqual(marked.secret, ["grafanaAdminPassword", "sampleApiUrl"]);
    assert.deepEqual(marked.values, outputs);
  });

  it("says in one line which outputs the stack lacks", async () => {
    const { error } = await read({ outputs }, { needs: ["instrumentation", "jaegerUrl"], uses: ["grafanaUrl"] });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(
      error.message,
      `stack ${stack} has no output jaegerUrl, grafanaUrl: run pulumi up there with this version of the platform first`,
    );
  });

  it("says in one line which setting switches on what is needed, and lets null pass where it is not", async () => {
    const off = { outputs: { grafanaUrl: null, sampleApiUrl: null } };
    const { error } = await read(off, { needs: ["sampleApiUrl", "grafanaUrl"], uses: [] });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(
      error.message,
      `stack ${stack} has no sampleApiUrl, grafanaUrl: switch on its setting parts.sampleApi, parts.grafana`,
    );
    const { values } = await read(off, { needs: [], uses: ["grafanaUrl"] });
    assert.deepEqual(values, { grafanaUrl: null });
  });
});

/** The value of an output, a secret one too. */
function inside(output: pulumi.Output<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
