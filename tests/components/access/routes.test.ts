import assert from "node:assert/strict";
import type { Exposed } from "../../../components/access/exposed.ts";
import { certificateGrantSpec, ingressSpec, routeSpec } from "../../../components/access/routes.ts";

const exposed: Exposed = {
  ...{ part: "logs", host: "logs.example.org", path: "/select/" },
  entry: { namespace: "observability", service: "victoria-logs", port: 9428 },
};
const gateway = "gateways/public/https";

describe("routeSpec", () => {
  it("leads a host's paths from the listener of the site's gateway that has TLS, and from no other, to a Service", () => {
    assert.deepEqual(routeSpec(exposed, { gateway }), {
      parentRefs: [{ namespace: "gateways", name: "public", sectionName: "https" }],
      hostnames: ["logs.example.org"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/select/" } }],
          backendRefs: [{ name: "victoria-logs", port: 9428 }],
        },
      ],
    });
  });
});

describe("certificateGrantSpec", () => {
  it("lets gateways of one namespace read one Secret", () => {
    assert.deepEqual(certificateGrantSpec({ gateway }), {
      from: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "gateways" }],
      to: [{ group: "", kind: "Secret", name: "public-hosts" }],
    });
  });
});

describe("ingressSpec", () => {
  it("leads a host's paths to a Service, over TLS with the stack's certificate", () => {
    const { ingressClassName, tls, rules } = ingressSpec(exposed, { ingressClass: "nginx", issuer: "self-signed" });
    assert.equal(ingressClassName, "nginx");
    assert.deepEqual(tls, [{ hosts: ["logs.example.org"], secretName: "public-hosts" }]);
    const [{ http } = assert.fail()] = rules;
    assert.deepEqual(http.paths, [
      {
        ...{ path: "/select/", pathType: "Prefix" },
        backend: { service: { name: "victoria-logs", port: { number: 9428 } } },
      },
    ]);
  });

  it("leaves the certificate to the controller without an issuer", () => {
    const { tls } = ingressSpec(exposed, { ingressClass: "nginx", issuer: "" });
    assert.deepEqual(tls, [{ hosts: ["logs.example.org"] }]);
  });
});
