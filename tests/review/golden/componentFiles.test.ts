import assert from "node:assert/strict";
import { componentFiles, type RegisteredProgram } from "../../../review/golden/componentFiles.ts";

const resource = (label: string, inputs: unknown, parent?: string, dependsOn: string[] = []) => ({
  registered: { label, inputs, custom: true },
  asked: { label, parent, dependsOn },
});
const component = (label: string, parent?: string, dependsOn: string[] = []) => ({
  registered: { label, inputs: {}, custom: false },
  asked: { label, parent, dependsOn },
});

function program(
  resources: ReturnType<typeof resource>[],
  outputs: Partial<Pick<RegisteredProgram, "outputs" | "secretOutputs">> = {},
): RegisteredProgram {
  return {
    registered: resources.map(({ registered }) => registered),
    asked: resources.map(({ asked }) => asked),
    outputs: {},
    secretOutputs: [],
    ...outputs,
  };
}

const files = (...args: Parameters<typeof program>) => Object.fromEntries(componentFiles(program(...args)));

describe("componentFiles", () => {
  it("makes one file of each component, named by its place in the tree", () => {
    const found = files([
      resource("kubernetes cluster", {}),
      component("Platform platform"),
      component("Grafana grafana", "Platform platform", ["Prometheus prometheus", "Namespace a"]),
      resource("Secret admin", { kind: "Secret" }, "Grafana grafana"),
      resource("Grafana main", { kind: "Grafana" }, "Grafana grafana", ["Secret admin"]),
    ]);
    assert.deepEqual(found, {
      "outputs.yaml": "# The stack's outputs\n{}\n",
      "platform.yaml": "# Platform platform\n",
      "platform.grafana.yaml":
        "# Grafana grafana\n#   after Namespace a\n#   after Prometheus prometheus\n" +
        "---\n# Grafana main\n#   after Secret admin\nkind: Grafana\n" +
        "---\n# Secret admin\nkind: Secret\n",
      "stack.yaml": "# kubernetes cluster\n{}\n",
    });
  });

  it("does not depend on the order of the program", () => {
    const resources = [component("A a"), resource("X y", { z: 1 }, "A a"), resource("X x", { a: 1 }, "A a")];
    assert.deepEqual(files(resources), files(resources.toReversed()));
  });

  it("leaves the hash of a local chart out, and the version in", () => {
    const charts = {
      ".artifacts/charts/bundle-v1.2.3-0123456789ab": ".artifacts/charts/bundle-v1.2.3-<content hash>",
      ".artifacts/charts/chart-5.0.0-abcdefabcdef.tgz": ".artifacts/charts/chart-5.0.0-<content hash>.tgz",
      "oci://ghcr.io/charts/chart-0123456789ab": "oci://ghcr.io/charts/chart-0123456789ab",
    };
    for (const [chart, shown] of Object.entries(charts)) {
      assert.equal(files([resource("Release r", { chart })])["stack.yaml"], `# Release r\nchart: ${shown}\n`);
    }
  });

  it("shows what a JSON text holds", () => {
    const inputs = { json: '{"title":"API","panels":[1]}', text: "{{ template }}" };
    assert.equal(
      files([resource("GrafanaDashboard d", { spec: inputs })])["stack.yaml"],
      "# GrafanaDashboard d\nspec:\n  json:\n    panels:\n    - 1\n    title: API\n  text: '{{ template }}'\n",
    );
  });

  it("masks secret inputs and outputs", () => {
    const wrapped = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { key: "hunter2" },
    };
    const found = files([resource("Secret s", { stringData: wrapped })], {
      outputs: { password: "hunter2", url: "http://a", absent: null },
      secretOutputs: ["password", "absent"],
    });
    assert.equal(found["stack.yaml"], "# Secret s\nstringData:\n  key: '[secret]'\n");
    assert.equal(found["outputs.yaml"], "# The stack's outputs\nabsent: null\npassword: '[secret]'\nurl: http://a\n");
  });
});
