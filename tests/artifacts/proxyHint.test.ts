import assert from "node:assert/strict";
import { proxyHint } from "../../artifacts/proxyHint.ts";

describe("proxyHint", () => {
  it("says how Node takes the proxy that it does not ask", () => {
    const hint = /^; https_proxy is set, .* NODE_USE_ENV_PROXY=1 only$/;
    assert.match(proxyHint({ https_proxy: "http://proxy.example.org:3128" }), hint);
  });

  it("is silent without a proxy, and where Node asks it", () => {
    const proxy = { HTTPS_PROXY: "http://proxy.example.org:3128" };
    assert.deepEqual([proxyHint({}), proxyHint({ HTTPS_PROXY: "" })], ["", ""]);
    assert.equal(proxyHint({ ...proxy, NODE_USE_ENV_PROXY: "1" }), "");
  });
});
