import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { versionModule } from "../../../sandbox/programs/build.ts";
import { catalog, type Tool } from "../../../sandbox/programs/catalog.ts";
import { readGoModule } from "../../../sandbox/programs/goModule.ts";

const tools = resolve(import.meta.dirname, "../../../tools");

describe("catalog", () => {
  for (const [name, tool] of Object.entries<Tool>(catalog)) {
    it(`pins ${name}: its module requires a version and names the package as a tool`, () => {
      const module = readGoModule(join(tools, tool.module));
      assert.match(module.requires.get(versionModule(tool, module)) ?? "", /^v\d+\.\d+\.\d+/);
      assert.match(readFileSync(join(tools, tool.module, "go.mod"), "utf8"), new RegExp(`\\s${tool.package}\n`));
    });
  }

  it("gives the Kubernetes programs their version", () => {
    const variables = catalog["kube-apiserver"].variables?.("v1.36.3", () => "");
    assert.equal(variables?.["k8s.io/component-base/version.gitVersion"], "v1.36.3");
    assert.equal(variables["k8s.io/component-base/version.gitMajor"], "1");
    assert.equal(variables["k8s.io/component-base/version.gitMinor"], "36");
  });

  it("gives Prometheus the number of its release, which its module does not have", () => {
    const variables = catalog.prometheus.variables?.("v0.309.1", () => "");
    assert.equal(variables?.["github.com/prometheus/common/version.Version"], "3.9.1");
  });

  it("gives helm its version and that of the Kubernetes it is built with", () => {
    const versions: Record<string, string> = { "k8s.io/kubernetes": "v1.36.2" };
    const variables = catalog.helm.variables("v3.22.0", (module) => versions[module] ?? "");
    assert.equal(variables["helm.sh/helm/v3/internal/version.version"], "v3.22.0");
    assert.equal(variables["helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor"], "36");
  });
});
