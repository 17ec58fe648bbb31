import assert from "node:assert/strict";
import { sha256 } from "../../../artifacts/files.ts";
import { manifestUrl } from "../../../artifacts/images/imageUrl.ts";
import { readManifest } from "../../../artifacts/images/manifest.ts";
import { anonymously } from "../../../artifacts/registry.ts";
import { fileServer } from "../fileServer.ts";

describe("manifestUrl", () => {
  for (const [image, url] of [
    ["quay.io/prometheus/prometheus:v3", "https://quay.io/v2/prometheus/prometheus/manifests/v3"],
    ["registry.example.org:5000/a/b:1", "https://registry.example.org:5000/v2/a/b/manifests/1"],
    ["localhost:5005/b:1", "http://localhost:5005/v2/b/manifests/1"],
    ["grafana/grafana:12", "https://registry-1.docker.io/v2/grafana/grafana/manifests/12"],
    ["docker.io/busybox:1", "https://registry-1.docker.io/v2/library/busybox/manifests/1"],
    ["busybox:1", "https://registry-1.docker.io/v2/library/busybox/manifests/1"],
  ] as const)
    it(`of ${image} is ${url}`, () => {
      assert.equal(manifestUrl(image), url);
    });
});

describe("readManifest", () => {
  const server = fileServer();
  const image = (tag: string) => `${server.url("").replace("http://", "")}/team/shop:${tag}`;
  const options = { firstPause: 1, timeLimit: 1000 };

  const imageDigest = async (name: string) => (await readManifest(name, options)).checksum;

  const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: "sha256:1" }] });

  it("knows the checksum of what the registry answers, asked for all platforms and with the token that anybody gets", async () => {
    let asked: string | undefined = "";
    server.answer("/token?service=s&scope=pull", '{"token":"open"}');
    server.answer("/v2/team/shop/manifests/1", (response, _, request) => {
      asked = request.headers.accept;
      const isKnown = request.headers.authorization === "Bearer open";
      const challenge = `Bearer realm="${server.url("/token")}",service="s",scope="pull"`;
      if (isKnown) response.end(index);
      else response.writeHead(401, { "www-authenticate": challenge }).end();
    });
    assert.equal(await imageDigest(image("1")), sha256(index));
    assert.match(asked, /^application\/vnd\.oci\.image\.index/);
  });

  it("takes no page for people, nor any other answer", async () => {
    server.answer("/v2/team/shop/manifests/4", "<html>please log in</html>");
    await assert.rejects(imageDigest(image("4")), /manifests\/4 cannot be understood: a page for people may be in/);
    for (const answer of [
      {},
      { schemaVersion: 2 },
      { schemaVersion: 2, manifests: [] },
      { schemaVersion: 1, layers: [] },
      null,
    ]) {
      server.answer("/v2/team/shop/manifests/5", JSON.stringify(answer));
      await assert.rejects(imageDigest(image("5")), /manifests\/5 is no manifest of an image: who has answered\?$/);
    }
    const manifest = (mediaType: string) => JSON.stringify({ schemaVersion: 2, config: { mediaType }, layers: [] });
    server.answer("/v2/team/shop/manifests/7", manifest("application/vnd.cncf.helm.config.v1+json"));
    await assert.rejects(imageDigest(image("7")), /manifests\/7 is no manifest of an image/);
    const single = manifest("application/vnd.oci.image.config.v1+json");
    server.answer("/v2/team/shop/manifests/6", single);
    assert.equal(await imageDigest(image("6")), sha256(single));
  });

  it("asks nobody on this machine whom a registry elsewhere names", async () => {
    const { authorize } = anonymously("https://quay.io/v2/team/shop/manifests/1", options);
    const challenge = `Bearer realm="${server.url("/token")}",service="quay.io"`;
    await assert.rejects(
      async () => authorize?.(challenge),
      /^ArtifactError: the registry quay\.io sends to 127\.0\.0\.1:\d+, which is this machine$/,
    );
  });

  it("says of an image that it is not there, or behind a login", async () => {
    await assert.rejects(imageDigest(image("2")), /^ArtifactError: there is no .+\/team\/shop:2: check the v/);
    server.answer("/v2/team/shop/manifests/3", (response) => response.writeHead(401).end());
    await assert.rejects(imageDigest(image("3")), /the registry wants a login/);
  });
});
