import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { namespaces, resources } from "../../catalog/names.ts";
import { silentReport } from "../../cli/silentReport.ts";
import type { CertificateSpec } from "../../components/customResources/certificates.ts";
import { caCertificate, servedSecrets } from "../../components/tls/certificates.ts";
import { mirror } from "../../review/program/mirror.ts";
import { type ProgramRun, runProgram } from "../../review/program/program.ts";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { startCertManager } from "../support/certManager.ts";
import { eventually } from "../support/eventually.ts";
import { killChild } from "../support/killChild.ts";
import { installOperatorKinds } from "../support/operatorRelease.ts";
import { asConfig, reachableArtifacts } from "../support/platformSandbox.ts";
import { registeredObject } from "../support/tenancyCluster.ts";
import { conditionsOf, testCluster, type TestObject } from "../support/testCluster.ts";

/** Stack prod with everything on, but for an issuer on the internet. */
async function everythingOn(accessIssuer: string, tlsIssuer = ""): Promise<ProgramRun> {
  const config = stackConfig("prod", ".", productionExample);
  const parsed = (key: string) => JSON.parse(config[key] ?? "{}") as object;
  const changes = {
    access: { ...parsed("access"), issuer: accessIssuer },
    tls: { ...parsed("tls"), issuer: tlsIssuer },
    ...(await reachableArtifacts()),
  };
  return runProgram({ config: { ...config, ...asConfig(changes) } });
}

/** The real controllers, with the certificates of stack prod. */
describe("cert-manager", function () {
  this.timeout(600_000);
  if (mirror === undefined) {
    it.skip("needs the operators' real manifests");
    return;
  }
  let run: ProgramRun;
  let certificates: TestObject[] = [];
  let certManager: ChildProcess | undefined;
  // Before the cluster ends, which it asks.
  after("end it", async () => {
    if (certManager !== undefined) await killChild(certManager);
  });
  const test = testCluster(18_330);

  const registered = (of: ProgramRun, kind: string) =>
    of.registered.map(registeredObject).filter((object) => object.kind === kind && "metadata" in object);
  const applyAll = async (of: ProgramRun) => {
    for (const kind of ["Issuer", "ClusterIssuer", "Certificate"])
      for (const object of registered(of, kind)) await test().apply(object);
  };
  const find = (name: string, namespace: string): TestObject =>
    certificates.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace) ??
    assert.fail(`no Certificate ${namespace}/${name}`);
  const isReady = (certificate: TestObject) =>
    eventually(async () => {
      assert.equal(conditionsOf(await test().get(certificate)).Ready, "True", certificate.metadata.name);
    }, 60_000);
  /** What it has written, from PEM. */
  const issued = async ({ metadata: { namespace = "" }, spec }: TestObject) => {
    const { secretName } = spec as CertificateSpec;
    const secret = await test().get({ apiVersion: "v1", kind: "Secret", metadata: { name: secretName, namespace } });
    const { "tls.crt": own = "", "ca.crt": ca = "", "tls.key": key = "" } = secret?.data as Record<string, string>;
    const read = (base64: string) => new X509Certificate(Buffer.from(base64, "base64"));
    return { own: read(own), ca: read(ca), key };
  };
  /** Asks for a new one, as `cmctl renew` does. */
  const renew = async (certificate: TestObject) => {
    const { name, namespace = "" } = certificate.metadata;
    const before = (await issued(certificate)).own.serialNumber;
    const issuing = { type: "Issuing", status: "True", reason: "ManuallyTriggered", message: "asked for" };
    const { conditions = [] } = (await test().get(certificate))?.status as { conditions?: object[] };
    await createTransport(test().cluster.kubeconfig)({
      method: "PATCH",
      path: `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/${name}/status`,
      contentType: "application/merge-patch+json",
      body: { status: { conditions: [...conditions, { ...issuing, lastTransitionTime: new Date().toISOString() }] } },
    });
    await eventually(async () => {
      assert.notEqual((await issued(certificate)).own.serialNumber, before);
    }, 60_000);
    await isReady(certificate);
  };

  before("install what it needs, and start it", async () => {
    const { cluster, paths } = test();
    const { "cert-manager": command } = await ensureTools(["cert-manager"], paths, silentReport);
    run = await everythingOn("self-signed");
    await installOperatorKinds(test(), run, "cert-manager");
    certManager = startCertManager({ command, kubeconfig: cluster.kubeconfig, folder: paths.state });
    certificates = registered(run, "Certificate");
    const inNamespaces = new Set(certificates.map(({ metadata }) => metadata.namespace ?? ""));
    for (const name of inNamespaces) {
      await test().apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
    await applyAll(run);
  });

  it("issues each certificate of the stack, for the names in it, with the rights of its release", async () => {
    assert.ok(certificates.length >= 10, String(certificates.length));
    for (const certificate of certificates) {
      await isReady(certificate);
      const { own, ca } = await issued(certificate);
      assert.match(own.issuer, /^CN=/, certificate.metadata.name);
      assert.equal(own.issuer, ca.subject);
      assert.ok(own.verify(ca.publicKey), certificate.metadata.name);
      for (const name of (certificate.spec as CertificateSpec).dnsNames ?? []) assert.ok(own.checkHost(name), name);
    }
  });

  it("brings the CA of the Collector's certificate to the applications", async () => {
    const { ca } = await issued(find(servedSecrets.collector, namespaces.observability));
    for (const namespace of [namespaces.sampleApi, "orders"]) {
      assert.equal((await issued(find(resources.otlpCa, namespace))).ca.toString(), ca.toString());
    }
  });

  it("renews a certificate with a new key, which the CA of before signs", async () => {
    const collector = find(servedSecrets.collector, namespaces.observability);
    const before = await issued(collector);
    await renew(collector);
    const after = await issued(collector);
    assert.notEqual(after.key, before.key);
    assert.ok(after.own.verify(before.ca.publicKey));
  });

  it("renews the CA with its key, so that who knows the former or the new one trusts what either has signed", async () => {
    const collector = find(servedSecrets.collector, namespaces.observability);
    const before = await issued(collector);
    const ca = find(resources.internalCa, namespaces.certManager);
    await renew(ca);
    const { own: newCa } = await issued(ca);
    assert.notEqual(newCa.serialNumber, before.ca.serialNumber);
    assert.ok(before.own.checkIssued(newCa) && before.own.verify(newCa.publicKey));
    await renew(collector);
    const { own } = await issued(collector);
    assert.ok(own.checkIssued(before.ca) && own.verify(before.ca.publicKey));
  });

  it("goes over to a CA of the site, cluster-wide and in a Secret", async () => {
    const { certManager: ofClusterIssuers, observability } = namespaces;
    const name = "company-ca";
    const spec = { ...caCertificate, commonName: name, secretName: name };
    const ca = certificate(name, ofClusterIssuers, spec);
    await test().apply(ca);
    await isReady(ca);
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name } };
    const data = (await test().get({ ...secret, metadata: { name, namespace: ofClusterIssuers } }))?.data;
    await test().apply({ ...secret, metadata: { name, namespace: observability }, data });
    const issuer = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name } };
    await test().apply({ ...issuer, spec: { ca: { secretName: name } } });
    const ofSite = await everythingOn(`Secret/${name}`, `ClusterIssuer/${name}`);
    await applyAll(ofSite);
    const { own } = await issued(ca);
    for (const each of registered(ofSite, "Certificate")) {
      await eventually(async () => {
        assert.equal((await issued(each)).ca.serialNumber, own.serialNumber, each.metadata.name);
      }, 60_000);
    }
  });
});

function certificate(name: string, namespace: string, spec: CertificateSpec): TestObject {
  return { apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: { name, namespace }, spec };
}
