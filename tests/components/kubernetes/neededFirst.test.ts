import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { neededFirst } from "../../../components/kubernetes/neededFirst.ts";
import { runHolding } from "../../../review/program/runs.ts";
import { latecomers } from "../../support/latecomers.ts";

describe("neededFirst", () => {
  it("keeps what a component needs for its custom resources", () => {
    const resource = (name: string) => ({ name }) as unknown as pulumi.Resource;
    const [operator, account, parent] = [resource("operator"), resource("account"), resource("parent")];
    const { component, after } = neededFirst({ parent, dependsOn: [operator] });
    assert.deepEqual([component, after(account)], [{ parent }, [account, operator]]);
    assert.deepEqual(neededFirst({ parent }).after(), []);
  });

  it("lets accounts, rights and passwords of the platform come while its operators are installed", async () => {
    const isOperator = (label: string) => label.startsWith("Release ");
    const { registered, spans } = await runHolding(
      {},
      latecomers(isOperator, (a, b) => a.localeCompare(b)),
    );
    const firstOperator = Math.min(...registered.map(({ label }) => (isOperator(label) ? ended(label) : Infinity)));
    function ended(label: string): number {
      const span = spans.get(label);
      assert.ok(span, label);
      return span.ended;
    }
    const waiting = registered
      .map(({ label }) => label)
      .filter((label) => /^(ServiceAccount|(Cluster)?Role(Binding)?|RandomPassword) /.test(label))
      .filter((label) => ended(label) > firstOperator);
    assert.deepEqual(waiting, []);
  });
});
