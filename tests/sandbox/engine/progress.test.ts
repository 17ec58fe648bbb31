import assert from "node:assert/strict";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";
import { countLine, Progress } from "../../../sandbox/engine/progress.ts";
import { silentReport } from "../../../cli/silentReport.ts";

const type = "kubernetes:core/v1:Namespace";
const urn = (name: string) => `urn:pulumi:dev::p::p:index:Team$${type}::${name}`;
const stack = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";

const step = (op: StepEventMetadata["op"], name: string): StepEventMetadata => {
  const state = { type, urn: urn(name), custom: true, id: name, parent: "", inputs: {}, outputs: {}, provider: "" };
  return { op, urn: urn(name), type, new: state, provider: "" };
};
const event = (rest: Partial<EngineEvent>): EngineEvent => ({ sequence: 0, timestamp: 0, ...rest });
const diagnostic = (message: string, severity: "error" | "warning" | "info", of = urn("a")) =>
  event({ diagnosticEvent: { urn: of, message, severity, color: "never", ephemeral: severity === "info" } });

/** A report that keeps what is said. */
function keeper() {
  const said: string[] = [];
  const activity = (label: string) => ({
    update: (detail: string) => void said.push(`${label}: ${detail}`),
    done: () => void said.push(`${label}: done`),
    fail: () => void said.push(`${label}: failed`),
    drop: () => undefined,
  });
  return { said, report: { note: (line: string) => void said.push(line), activity } };
}

describe("Progress", () => {
  it("tells of each resource that changes, with what the provider waits for", () => {
    const { said, report } = keeper();
    const done: string[] = [];
    const progress = new Progress(report, ({ urn: of }) => void done.push(of));
    progress.take(event({ resourcePreEvent: { metadata: step("create", "a") } }));
    progress.take(diagnostic("[1/2] Waiting for\n  pods", "info"));
    progress.take(event({ resOutputsEvent: { metadata: step("create", "a") } }));
    progress.take(event({ resourcePreEvent: { metadata: step("same", "b") } }));
    progress.take(event({ resOutputsEvent: { metadata: step("same", "b") } }));
    assert.deepEqual(said, [`creating ${type} a: [1/2] Waiting for; pods`, `creating ${type} a: done`]);
    assert.deepEqual(done, [urn("a")]);
  });

  it("says nothing was made in a preview", () => {
    const { said, report } = keeper();
    const progress = new Progress(report, () => assert.fail("nothing is done in a preview"));
    progress.take(event({ resourcePreEvent: { metadata: step("create", "a"), planning: true } }));
    progress.take(event({ resOutputsEvent: { metadata: step("create", "a"), planning: true } }));
    assert.deepEqual(said, []);
  });

  it("keeps errors as one line each with the resource, and leaves out that there was one", () => {
    const { said, report } = keeper();
    const progress = new Progress(report);
    progress.take(event({ resourcePreEvent: { metadata: step("create", "a") } }));
    progress.take(event({ resOpFailedEvent: { metadata: step("create", "a"), status: 1, steps: 1 } }));
    progress.take(diagnostic("it is\n invalid", "error"));
    progress.take(diagnostic("update failed", "error", stack));
    progress.take(diagnostic("settings: wrong", "error", stack));
    progress.take(diagnostic("old", "warning"));
    assert.deepEqual(progress.failures, [`${type} a: it is; invalid`, "settings: wrong"]);
    assert.deepEqual(said, [`creating ${type} a: failed`, `warning: ${type} a: old`]);
  });

  it("counts by the engine's summary, and by its steps where it was broken off", () => {
    const progress = new Progress(silentReport);
    progress.take(event({ resOutputsEvent: { metadata: step("create", "a") } }));
    progress.take(event({ resOutputsEvent: { metadata: step("same", "b") } }));
    assert.equal(countLine(progress.changes), "1 created, 1 unchanged");
    const summary = { maybeCorrupt: false, durationSeconds: 1, policyPacks: {} };
    progress.take(event({ summaryEvent: { ...summary, resourceChanges: { same: 3, update: 1, read: 1 } } }));
    assert.equal(countLine(progress.changes), "1 updated, 3 unchanged");
    assert.equal(countLine(new Progress(silentReport).changes), "nothing to do");
  });
});
