import assert from "node:assert/strict";
import { catalog } from "../../../sandbox/programs/catalog.ts";
import {
  ownPlatform,
  type Platform,
  platforms,
  releasedNames,
  releaseKey,
  releaseOf,
  releaseUrl,
  sdkVersion,
} from "../../../artifacts/programs/releases.ts";
import { readProjectFile } from "../../support/markdown.ts";

const linux: Platform = { os: "linux", arch: "amd64" };
const mac: Platform = { os: "darwin", arch: "arm64" };

describe("releaseOf", () => {
  const found = (name: (typeof releasedNames)[number], version: string, platform: Platform) => {
    const release = releaseOf(name, version, platform);
    const checksums = release && "checksums" in release ? release.checksums : undefined;
    return release && [releaseKey(release), release.member, checksums?.split("/").at(-1)];
  };

  it("knows how each upstream names its files", () => {
    const github = (rest: string) => `github.com/${rest}`;
    assert.deepEqual(found("etcd", "v3.6.5", mac), [
      github("etcd-io/etcd/releases/download/v3.6.5/etcd-v3.6.5-darwin-arm64.zip"),
      "etcd-v3.6.5-darwin-arm64/etcd",
      "SHA256SUMS",
    ]);
    assert.deepEqual(found("kube-apiserver", "v1.36.3", linux), [
      "dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-apiserver",
      undefined,
      "kube-apiserver.sha256",
    ]);
    assert.deepEqual(found("promtool", "v0.309.1", linux), [
      github("prometheus/prometheus/releases/download/v3.9.1/prometheus-3.9.1.linux-amd64.tar.gz"),
      "prometheus-3.9.1.linux-amd64/promtool",
      "sha256sums.txt",
    ]);
    assert.deepEqual(found("victoria-logs", "v1.52.1", linux), [
      github("VictoriaMetrics/VictoriaLogs/releases/download/v1.52.1/victoria-logs-linux-amd64-v1.52.1.tar.gz"),
      "victoria-logs-prod",
      "victoria-logs-linux-amd64-v1.52.1_checksums.txt",
    ]);
    assert.deepEqual(found("jaeger", "v1.76.0", linux), [
      github("jaegertracing/jaeger/releases/download/v1.76.0/jaeger-2.13.0-linux-amd64.tar.gz"),
      "jaeger-2.13.0-linux-amd64/jaeger",
      "jaeger-2.13.0.sha256sum.txt",
    ]);
    assert.deepEqual(found("pulumi", "v3.270.0", linux), [
      github("pulumi/pulumi/releases/download/v3.270.0/pulumi-v3.270.0-linux-x64.tar.gz"),
      "pulumi/pulumi",
      "pulumi-3.270.0-checksums.txt",
    ]);
    assert.deepEqual(found("otelcol", "v0.158.0", mac), [
      github(
        "open-telemetry/opentelemetry-collector-releases/releases/download/v0.158.0/otelcol-contrib_0.158.0_darwin_arm64.tar.gz",
      ),
      "otelcol-contrib",
      "opentelemetry-collector-releases_otelcol-contrib_checksums.txt",
    ]);
  });

  it("takes a program that comes as an image only out of that", () => {
    assert.deepEqual(found("prometheus-operator", "v0.93.0", linux), [
      "quay.io/prometheus-operator/prometheus-operator/v0.93.0/linux-amd64.tar.gz",
      "bin/operator",
      undefined,
    ]);
    const release = releaseOf("prometheus-operator", "v0.93.0", linux) ?? assert.fail();
    assert.equal(
      releaseUrl(release, "1".repeat(64)),
      `https://quay.io/v2/prometheus-operator/prometheus-operator/blobs/sha256:${"1".repeat(64)}`,
    );
  });

  it("takes providers in the version that their SDK asks for, whatever their module is", () => {
    const version = sdkVersion("kubernetes");
    assert.equal(
      found("pulumi-resource-kubernetes", "v4.0.0-2026", linux)?.[0],
      `github.com/pulumi/pulumi-kubernetes/releases/download/v${version}/pulumi-resource-kubernetes-v${version}-linux-amd64.tar.gz`,
    );
  });

  it("finds all of them for Linux, and for macOS all but Kubernetes' servers and what comes as an image", () => {
    for (const platform of platforms) {
      const missing = releasedNames.filter((name) => releaseOf(name, "v1.64.0", platform) === undefined);
      const others = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "prometheus-operator"];
      assert.deepEqual(missing, platform.os === "linux" ? [] : others);
    }
  });
});

describe("docs/programs.md", () => {
  it("says of each program where it comes from", () => {
    const rows = [
      ...readProjectFile("docs/programs.md").matchAll(/^\| (`.+?) \| (\w+) \| (\w+) \| (\S+?)[;,]? .*\|$/gm),
    ];
    const documented = rows.flatMap(([, names = "", linuxWord, macWord, from = ""]) =>
      [...names.matchAll(/`(.+?)`/g)].map(([, name = ""]) => ({ name, words: [linuxWord, macWord], from })),
    );
    const known = [...new Set([...Object.keys(catalog), ...releasedNames])];
    assert.deepEqual(documented.map(({ name }) => name).sort(), known.sort());
    for (const { name, words, from } of documented) {
      const found = [linux, mac].map((platform) =>
        releaseOf(name as (typeof releasedNames)[number], "v1.64.0", platform),
      );
      assert.deepEqual(
        words,
        found.map((release) => (release === undefined ? "built" : "released")),
        name,
      );
      for (const release of found)
        if (release !== undefined) assert.ok(releaseKey(release).startsWith(`${from}/`), name);
    }
  });
});

describe("ownPlatform", () => {
  it("is one of those with releases, or none", () => {
    assert.deepEqual(ownPlatform({ ...process, platform: "linux", arch: "x64" }), linux);
    assert.deepEqual(ownPlatform({ ...process, platform: "darwin", arch: "arm64" }), mac);
    assert.equal(ownPlatform({ ...process, platform: "freebsd", arch: "x64" }), undefined);
  });
});
