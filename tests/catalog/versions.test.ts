import assert from "node:assert/strict";
import {
  bundles,
  charts,
  images,
  instrumentationImages,
  operatorImages,
  replacedImages,
  versions,
} from "../../catalog/versions.ts";

const allImages = [images, instrumentationImages].flatMap((table) => Object.values<string>(table));
const references = [
  ...allImages,
  ...Object.values<readonly string[]>(operatorImages).flat(),
  ...Object.values(replacedImages),
];

describe("versions", () => {
  it("are the operators that the platform was tested with", () => {
    const { certManager, prometheusOperator, openTelemetryOperator, jaegerOperator, grafanaOperator, metricsServer } =
      versions;
    assert.deepEqual(
      { certManager, prometheusOperator, openTelemetryOperator, jaegerOperator, grafanaOperator, metricsServer },
      {
        certManager: "v1.21.1",
        prometheusOperator: "v0.93.0",
        openTelemetryOperator: "v0.158.0",
        jaegerOperator: "v1.65.0",
        grafanaOperator: "5.24.0",
        metricsServer: "v0.9.0",
      },
    );
  });
});

describe("images", () => {
  for (const image of references) {
    it(`name registry, path and a version: ${image}`, () => {
      assert.match(image, /^[a-z0-9-]+(\.[a-z0-9-]+)+\/[a-z0-9._/-]+:(?!latest$)v?\d[\w.-]*$/);
    });
  }

  it("hold no image that can no longer be pulled", () => {
    for (const gone of Object.keys(replacedImages)) assert.ok(!references.includes(gone), gone);
  });
});

describe("bundles and charts", () => {
  it("are fetched over TLS, at their version", () => {
    for (const { url, version } of Object.values(bundles)) {
      assert.match(url, /^https:\/\/(github\.com|raw\.githubusercontent\.com)\//);
      assert.ok(url.includes(`/${version}/`), url);
    }
    for (const spec of Object.values(charts))
      assert.match("repo" in spec ? spec.repo : spec.chart, /^(https|oci):\/\//);
  });

  it("have file names of their own in a mirror", () => {
    const names = [...Object.values(bundles), ...Object.values(charts)].map(
      ({ name, version }) => `${name}-${version}`,
    );
    assert.equal(new Set(names).size, names.length);
  });
});
