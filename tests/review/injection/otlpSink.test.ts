import assert from "node:assert/strict";
import { OtlpSink } from "../../../review/injection/otlpSink.ts";

/** `resource_spans { scope_spans { spans { kind: server } } }` */
const oneServerSpan = Buffer.from([0x0a, 0x06, 0x12, 0x04, 0x12, 0x02, 0x30, 0x02]);

const post = (sink: OtlpSink, milliseconds = 5000) =>
  fetch(`${sink.url}/v1/traces`, { method: "POST", body: oneServerSpan, signal: AbortSignal.timeout(milliseconds) });

describe("OtlpSink", () => {
  it("counts spans by their kind", async () => {
    const sink = await OtlpSink.start("there");
    assert.equal((await post(sink)).status, 200);
    await sink.stop();
    assert.equal(sink.received.spans.server, 1);
    assert.equal(sink.received.spans.client, 0);
  });

  it("answers after a second when it is slow, and never when it is silent", async () => {
    const [slow, silent] = [await OtlpSink.start("slow"), await OtlpSink.start("silent")];
    const started = performance.now();
    assert.equal((await post(slow)).status, 200);
    assert.ok(performance.now() - started >= 990);
    await assert.rejects(post(silent, 300), { name: "TimeoutError" });
    await Promise.all([slow.stop(), silent.stop()]);
  });

  it("is not there when it refuses", async () => {
    const sink = await OtlpSink.start("refusing");
    await assert.rejects(post(sink), { message: "fetch failed" });
  });
});
