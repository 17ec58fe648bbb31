import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { grafanaSpec } from "../../../components/backends/grafana.ts";
import { containerSecurity } from "../../../components/kubernetes/podSecurity.ts";
import { passwordScript } from "../../../components/backends/grafanaPassword.ts";
import { parseSettings } from "../../../settings/read.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const podOf = (grafana: object) => {
  const { grafana: settings, oidc } = parseSettings({ grafana: JSON.stringify(grafana) });
  return grafanaSpec({ settings, oidc, publicUrl: null }, []).deployment.spec.template.spec;
};

describe("what gives Grafana's admin the password of the Secret", () => {
  it("runs before a Grafana that keeps its data, and before no other", () => {
    assert.equal(podOf({}).initContainers, undefined);
    assert.equal(podOf({ volumeSize: "1Gi" }).initContainers?.length, 1);
  });

  it("has Grafana's own image, login, data and limit, and no more rights", () => {
    const { initContainers: [init = assert.fail()] = [], containers } = podOf({
      volumeSize: "1Gi",
      memoryLimit: "2Gi",
    });
    assert.match(init.image, /\/grafana\/grafana:/);
    assert.deepEqual(init.env.slice(0, 2), containers[0]?.env.slice(0, 2));
    assert.deepEqual(init.resources.limits, { memory: "2Gi" });
    assert.equal(init.volumeMounts[0]?.name, "grafana-data");
    assert.deepEqual(init.securityContext, {
      ...containerSecurity,
      // The operator gives these to Grafana's container, and to no other.
      ...{ runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001 },
    });
  });

  describe("as a script", () => {
    const folder = temporaryFolder();
    const password = "new'pass$word";

    /** Runs it with a program of Grafana that notes how it was called. */
    function run(status: number, inDatabase = false): { called: string; given: string } {
      const bin = join(folder(), "bin");
      mkdirSync(bin, { recursive: true });
      const program = join(bin, "grafana");
      writeFileSync(
        program,
        `#!/bin/sh\necho "$@" >"$GF_PATHS_DATA/called"\ncat >"$GF_PATHS_DATA/given"\nexit ${status}\n`,
      );
      chmodSync(program, 0o755);
      execFileSync("sh", ["-c", passwordScript(inDatabase)], {
        env: {
          PATH: `${bin}:${process.env["PATH"] ?? ""}`,
          ...{ GF_PATHS_DATA: folder(), GF_PATHS_HOME: "/usr/share/grafana", GF_SECURITY_ADMIN_PASSWORD: password },
        },
        stdio: "pipe",
      });
      const read = (name: string) =>
        existsSync(join(folder(), name)) ? readFileSync(join(folder(), name), "utf8") : "";
      return { called: read("called"), given: read("given") };
    }

    it("leaves a new database to Grafana, which takes the password itself", () => {
      assert.deepEqual(run(0), { called: "", given: "" });
    });

    it("gives the password to a database that is there, as it is, and to no list of processes", () => {
      writeFileSync(join(folder(), "grafana.db"), "");
      assert.deepEqual(run(0), {
        called: "cli --homepath /usr/share/grafana admin reset-admin-password --password-from-stdin\n",
        given: password,
      });
    });

    it("gives it to a database of the site, which the command makes where it is new", () => {
      assert.equal(run(0, true).given, password);
    });

    it("lets Grafana start where the password could not be changed", () => {
      writeFileSync(join(folder(), "grafana.db"), "");
      assert.equal(run(1).given, password);
    });
  });
});
