import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { freePort } from "../../cli/freePort.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { getJson } from "../../page/http.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { userPorts } from "../../sandbox/telemetry/loopback.ts";
import { localPrometheus } from "../../sandbox/telemetry/prometheusConfig.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { eventually, soon } from "../support/eventually.ts";
import { mountSecret } from "../support/mountedSecret.ts";
import { hasOpenSsl, TestAuthority } from "../support/testAuthority.ts";

const query = encodeURIComponent('prometheus_build_info{job="prometheus-operated"}');

describe("prometheus.remoteWrite, with two of Prometheus", function () {
  this.timeout(20 * 60_000); // the first time it is built
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "remote-write-"))));
  afterEach(async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The program by its configuration, in a folder of its name. */
  async function program(name: string, port: number, content: object, more: readonly string[]) {
    const command = (await ensureTools(["prometheus"], sandboxPaths(), silentReport)).prometheus;
    return {
      ...{ name, command, env: {}, ports: [port], url: `http://127.0.0.1:${port}` },
      args: [`--config.file=${name}.yml`, ...more],
      files: { [`${name}.yml`]: dump(content) },
      ready: [`http://127.0.0.1:${port}/-/ready`],
    };
  }

  /** The one that takes samples. */
  const taking = (port: number) =>
    program("taking", port, {}, [
      ...["--web.enable-remote-write-receiver", "--storage.tsdb.path=taken"],
      `--web.listen-address=127.0.0.1:${port}`,
    ]);

  /** The one that sends samples, by the stack's own object. */
  async function sending(store: Readonly<Record<string, string>>) {
    const port = await freePort();
    const objects = stackObjects({
      prometheus: JSON.stringify({ scrapeInterval: "1s", remoteWrite: [store] }),
      cluster: JSON.stringify({ name: "eu-1" }),
    });
    const { config, args } = localPrometheus(objects, { ...userPorts, prometheus: port }, "data");
    // As the operator writes a CA: the key of a Secret as a file.
    const encrypted = (objects.prometheus.spec.remoteWrite ?? []).flatMap(({ url, tlsConfig }) => {
      if (tlsConfig === undefined) return [];
      const { name, key } = tlsConfig.ca.secret;
      return [{ url, tls_config: { ca_file: join(folder, "secrets", name, key) } }];
    });
    return program("sending", port, { ...config, remote_write: [...config.remote_write, ...encrypted] }, args);
  }

  /** Of which cluster and pod the samples are that came over. */
  async function taken(port: number): Promise<(string | undefined)[]> {
    const { data } = (await getJson(`http://127.0.0.1:${port}/api/v1/query?query=${query}`)) as {
      data: { result: { metric: Record<string, string> }[] };
    };
    const [series] = data.result;
    return [series?.metric["k8s_cluster_name"], series?.metric["prometheus_replica"]];
  }

  it("takes samples to the other one, which knows of which cluster and pod they are", async () => {
    const port = await freePort();
    const store = { url: `http://127.0.0.1:${port}/api/v1/write` };
    await startPrograms([await taking(port), await sending(store)], folder, silentReport);
    await eventually(async () => {
      assert.deepEqual(await taken(port), ["eu-1", "prometheus-prometheus-0"]);
    }, 60_000);
  });

  describe("to a store with a certificate of a private CA", () => {
    let store: Server;
    let writes: number;

    before(function () {
      if (!hasOpenSsl) this.skip();
    });
    afterEach(() => {
      store.close();
      store.closeAllConnections();
    });

    /** Starts one that sends, and what counts the requests that come over TLS. */
    async function start(trusted: TestAuthority, signer: TestAuthority): Promise<void> {
      writes = 0;
      store = createServer(signer.sign(), (request, response) => {
        writes += 1;
        request.resume().on("end", () => response.writeHead(204).end());
      });
      await new Promise<void>((done) => store.listen(0, "127.0.0.1", done));
      mountSecret(join(folder, "secrets/metrics-ca"), { "ca.crt": trusted.certificate });
      const url = `https://127.0.0.1:${(store.address() as AddressInfo).port}/api/v1/write`;
      await startPrograms([await sending({ url, caSecret: "metrics-ca" })], folder, silentReport);
    }

    const authority = (name: string) => new TestAuthority(join(folder, name));

    it("trusts the CA of the Secret", async () => {
      const ca = authority("ca");
      await start(ca, ca);
      await soon(() => {
        assert.ok(writes > 0);
      }, 60_000);
    });

    it("says in one line that the certificate is of another one, and sends nothing", async () => {
      await start(authority("other"), authority("ca"));
      await soon(() => {
        const log = readFileSync(join(folder, "logs/sending.log"), "utf8");
        const line =
          /msg="Failed to send batch, retrying".*tls: failed to verify certificate: x509: .*unknown authority/;
        assert.match(log, line);
      }, 60_000);
      assert.equal(writes, 0);
    });
  });
});
