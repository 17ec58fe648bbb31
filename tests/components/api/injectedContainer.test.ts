import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { filesFolder, injectedContainer } from "../../../components/api/injectedContainer.ts";
import { nodejsInjection } from "../../../components/api/nodejsInjection.ts";
import { pythonInjection } from "../../../components/api/pythonInjection.ts";
import type { InjectionArgs } from "../../../components/api/injection.ts";
import { resolved } from "../../support/resolved.ts";

const args = { instrumentation: "observability/python", instrumentationHash: "0123456789ab" };
const container = (
  injection: Omit<InjectionArgs, keyof typeof args>,
  own: Readonly<Record<string, pulumi.Input<string>>> = {},
  secrets: readonly string[] = [],
) => injectedContainer({ ...args, ...injection }, own, secrets);

describe("injectedContainer", () => {
  it("gives a Python container what its arguments say, in the folder of the files", () => {
    const python = { sitePackages: ["/app/packages"], gevent: true, instrumentations: ["flask"] as const };
    assert.deepEqual(container({ language: "python", python }), pythonInjection(python, filesFolder));
    assert.deepEqual(container({ language: "python" }), pythonInjection({}, filesFolder));
  });

  it("gives a Node.js container what its arguments say, in the folder of the files", () => {
    const nodejs = { endAtSigterm: false, loaderHook: true };
    assert.deepEqual(container({ language: "nodejs", nodejs }), nodejsInjection(nodejs, filesFolder));
    assert.deepEqual(container({ language: "nodejs" }), nodejsInjection({}, filesFolder));
  });

  it("adds to the application's own variable of the language, and to no other", async () => {
    const own = { PYTHONPATH: pulumi.output("/app"), NODE_OPTIONS: "--enable-source-maps", LOG_LEVEL: "info" };
    const python = container({ language: "python", python: { sitePackages: ["/packages"] } }, own);
    assert.deepEqual(Object.keys(python.env), ["PYTHONPATH"]);
    assert.equal(await resolved(python.env["PYTHONPATH"]), `/app:${filesFolder}:/packages`);
    const nodejs = container({ language: "nodejs" }, own);
    assert.deepEqual(Object.keys(nodejs.env), ["NODE_OPTIONS"]);
    const options = await resolved(nodejs.env["NODE_OPTIONS"]);
    assert.equal(options, `--enable-source-maps --require ${filesFolder}/endAtSigterm.cjs`);
  });

  for (const language of ["java", "dotnet", "go"] as const) {
    it(`leaves a container of ${language} to the operator`, () => {
      assert.deepEqual(container({ language }, { PYTHONPATH: "/app", NODE_OPTIONS: "-r x" }), { env: {}, files: {} });
    });
  }

  for (const [language, variable] of [
    ["python", "PYTHONPATH"],
    ["nodejs", "NODE_OPTIONS"],
    ["java", "JAVA_TOOL_OPTIONS"],
    ["dotnet", "DOTNET_STARTUP_HOOKS"],
    ["dotnet", "DOTNET_ADDITIONAL_DEPS"],
    ["dotnet", "DOTNET_SHARED_STORE"],
  ] as const) {
    it(`refuses ${variable} from a Secret for ${language}: the operator would inject nothing`, () => {
      assert.throws(() => container({ language }, {}, ["TOKEN", variable]), {
        __pulumiRunError: true,
        message: `secrets has ${variable}: must be in env, since the operator injects nothing into a container that has it from a Secret`,
      });
    });
  }

  it("takes any other variable from a Secret, another language's too", () => {
    assert.deepEqual(container({ language: "java" }, {}, ["TOKEN", "NODE_OPTIONS"]), { env: {}, files: {} });
    assert.deepEqual(container({ language: "go" }, {}, ["PYTHONPATH"]), { env: {}, files: {} });
  });
});
