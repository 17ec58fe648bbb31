import assert from "node:assert/strict";
import { chartUrl, pullChart } from "../../artifacts/pullChart.ts";
import { charts, type ChartSpec } from "../../catalog/versions.ts";
import { answerChart, answerRegistryChart } from "./chartServer.ts";
import { fileServer } from "./fileServer.ts";

const content = Buffer.from("a packed chart");
const fast = { firstPause: 1, timeLimit: 300 };

describe("pullChart", () => {
  const server = fileServer();
  const ofRepository = (version = "v1.1.0"): ChartSpec => ({
    name: "one",
    version,
    chart: "one",
    repo: server.url("/charts/"),
  });
  const ofRegistry = (version = "2.0.0"): ChartSpec => ({
    name: "two",
    version,
    chart: server.url("/team/two").replace("http:", "oci:"),
  });
  const pull = async (spec: ChartSpec) => {
    const pulled = await pullChart(spec, fast);
    return pulled && Buffer.from(pulled);
  };

  it("takes the version that a repository's index names, from where it says", async () => {
    answerChart(server, { name: "one", version: "v1.1.0", content }, "/charts");
    assert.deepEqual(await pull(ofRepository()), content);
    assert.equal(await pull(ofRepository("v1.2.0")), undefined);
  });

  it("takes an address of its own from an index", async () => {
    server.answer(
      "/charts/index.yaml",
      `entries: { one: [{ version: v1.1.0, urls: ["${server.url("/files/one.tgz")}"] }] }`,
    );
    server.answer("/files/one.tgz", content);
    assert.deepEqual(await pull(ofRepository()), content);
  });

  it("follows an index to no plain http", async () => {
    server.answer(
      "/charts/index.yaml",
      `entries: { one: [{ version: v1.1.0, urls: ["http://other.example.org/one.tgz"] }] }`,
    );
    await assert.rejects(
      pull(ofRepository()),
      /^ArtifactError: cannot download http:\/\/other\.example\.org\/one\.tgz: it must be an https URL/,
    );
  });

  it("takes a chart from a registry, with the token that it gives to anybody", async () => {
    const blob = answerRegistryChart(server, { name: "team/two", version: "2.0.0+1", content });
    assert.deepEqual(await pull(ofRegistry("2.0.0+1")), content);
    assert.equal(await pull(ofRegistry("3.0.0")), undefined);
    assert.equal(server.requests(blob), 2);
  });

  it("uses nothing of a chart that is not what the registry's manifest says", async () => {
    const blob = answerRegistryChart(server, { name: "team/two", version: "2.0.0", content });
    server.answer(blob, "another");
    await assert.rejects(
      pull(ofRegistry()),
      /^ArtifactError: .+\/blobs\/sha256:[0-9a-f]{64} has another content: nothing of it is used$/,
    );
  });

  const broken: Record<string, [() => void, RegExp]> = {
    "a registry has an image under that name": [
      () => {
        server.answer(
          "/v2/team/two/manifests/2.0.0",
          `{"layers":[{"mediaType":"application/x","digest":"sha256:${"0".repeat(64)}"}]}`,
        );
      },
      /\/manifests\/2\.0\.0 describes no chart$/,
    ],
    "a page for people is in place of a manifest": [
      () => {
        server.answer("/v2/team/two/manifests/2.0.0", "<html>");
      },
      /cannot be understood: a page for people may be in its place$/,
    ],
    "a registry wants a password": [
      () => {
        server.answer("/v2/team/two/manifests/2.0.0", (response) =>
          response.writeHead(401, { "www-authenticate": "Basic" }).end(),
        );
      },
      /the registry wants a login/,
    ],
  };
  for (const [what, [breakIt, message]] of Object.entries(broken)) {
    it(`says in one line that ${what}`, async () => {
      breakIt();
      await assert.rejects(pull(ofRegistry()), (error: Error) => {
        assert.equal(error.name, "ArtifactError");
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
    });
  }

  it("says in one line that an index cannot be understood", async () => {
    server.answer("/charts/index.yaml", "a: [\n");
    await assert.rejects(pull(ofRepository()), /^ArtifactError: .+\/charts\/index\.yaml cannot be understood/);
  });
});

describe("chartUrl", () => {
  it("is what says whether a chart can be had", () => {
    assert.equal(chartUrl(charts.certManager), "https://charts.jetstack.io/index.yaml");
    assert.equal(chartUrl(charts.grafanaOperator), "https://ghcr.io/v2/");
  });
});
