import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { everyAddress } from "../../catalog/names.ts";
import type { Registered } from "../../review/program/program.ts";
import { programRun, stackRun, stacks, teamRun } from "../../review/program/runs.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";
import { projectFolder } from "../support/markdown.ts";

/** Kinds and names of the objects whose programs listen on `everyAddress` as Go takes it: on IPv6 too. */
const inGo = /^(OpenTelemetryCollector .+|Deployment oauth2-proxy.*)$/;

interface Rule {
  from?: Peer[];
  to?: Peer[];
}

interface Peer {
  ipBlock?: { cidr: string; except?: string[] };
}

/** Addresses and ranges of IPv4 that stand in an object. */
function ipv4In({ inputs }: Registered): string[] {
  return JSON.stringify(inputs).match(/(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])/g) ?? [];
}

/** What of a rule's ranges an IPv4 cluster has, and one of IPv6 has not. */
function ipv4Alone({ from = [], to = [] }: Rule): string[] {
  const cidrs = [...from, ...to].flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
  return cidrs.some((cidr) => cidr.includes(":")) ? [] : cidrs;
}

/** What keeps the stack from a cluster that has addresses of IPv6 alone. */
function hindrances(registered: readonly Registered[]): string[] {
  return registered.flatMap((each) => {
    const { kind, spec } = each.inputs as { kind?: string; spec?: { ingress: Rule[]; egress: Rule[] } };
    if (kind === "NetworkPolicy" && spec) {
      return [...spec.ingress, ...spec.egress].flatMap(ipv4Alone).map((cidr) => `${each.label}: ${cidr}`);
    }
    const found = ipv4In(each).filter((address) => address !== everyAddress || !goListensOnBoth(each));
    return found.map((address) => `${each.label}: ${address}`);
  });
}

function goListensOnBoth({ label, inputs }: Registered): boolean {
  // VictoriaMetrics' programs listen by tcp4 unless they are told.
  if (label === "StatefulSet victoria-logs") return JSON.stringify(inputs).includes('"-enableTCP6"');
  return inGo.test(label);
}

describe("a cluster with addresses of IPv6 alone", function () {
  this.timeout(120_000);
  const networkPolicies = JSON.stringify({ enabled: true });

  for (const stack of stacks) {
    it(`finds no listener and no range of IPv4 alone in ${stack}`, async () => {
      assert.deepEqual(hindrances((await stackRun(stack)).registered), []);
    });
  }

  for (const [what, config] of Object.entries({ ...variants, ...contentVariants })) {
    it(`finds none with ${what}`, async () => {
      // Where there are hosts, policies want to know who brings their requests.
      const settings: Readonly<Record<string, string>> = "access" in config ? config : { networkPolicies, ...config };
      assert.deepEqual(hindrances((await programRun(settings)).registered), []);
    });
  }

  it("finds none in a team's API", async () => {
    assert.deepEqual(hindrances((await teamRun()).registered), []);
  });

  it("is seen where the search would find one", async () => {
    const { registered } = await stackRun("prod");
    const text = JSON.stringify(registered);
    const lost = JSON.parse(
      text.replace('"-enableTCP6"', '"-other"').replaceAll("fd00::/8", "10.0.0.0/8"),
    ) as Registered[];
    const found = hindrances(lost);
    assert.ok(found.includes("StatefulSet victoria-logs: 0.0.0.0"), found.join("\n"));
    assert.ok(found.some((line) => /^NetworkPolicy .*: 169\.254\.20\.10\/32$/.test(line)));
  });

  for (const file of ["python-api/Dockerfile", "python-api/Tiltfile", "orders-api/Dockerfile", "orders-api/main.js"]) {
    it(`is not shut out by apps/${file}`, () => {
      assert.ok(!readFileSync(join(projectFolder, "apps", file), "utf8").includes("0.0.0.0"));
    });
  }
});
