import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Page as Tab } from "playwright-core";
import { showView } from "../../page/showView.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { telemetryPorts } from "../../sandbox/telemetry/local.ts";
import { commandsUnder } from "./docsCommands.ts";
import { eventually } from "./eventually.ts";
import { readProjectFile } from "./markdown.ts";
import { newUser } from "./newUser.ts";
import { openTab, requireChromium, type ServedTab } from "./servedTab.ts";
import { assertShown, shownOutput } from "./shownOutput.ts";

/** The heading of docs/services.md below which a service and an alert of one's own are tried. */
const ownHeading = "Try it in the sandbox";
const alert = "OrdersMissing";

/** The commands of README.md's first request: the platform, one request, a look at it. */
export const firstCommands = () => commandsUnder("README.md", "The first request");

/** The id of the trace that `see` draws. */
function traceId(seen: string): string {
  return /^trace ([0-9a-f]{32}) /m.exec(seen)?.[1] ?? assert.fail(seen);
}

const pageUrl = (paths: SandboxPaths) => `http://127.0.0.1:${telemetryPorts(paths).page}/`;
const flagsOf = ({ state, firstPort }: SandboxPaths) => ["--state", state, "--port", String(firstPort)];

/** The first request of a sandbox with telemetry, by README.md: nobody has sent one before. */
export function itAnswersTheFirstRequest(where: () => SandboxPaths): void {
  let seen = "";

  it("answers the first request of README.md, and draws its trace as it stands there", async () => {
    const user = newUser(where);
    const [, request = "", look = ""] = firstCommands();
    assert.match(await user.types(request), /"message":/);
    await eventually(async () => {
      seen = await user.types(look);
      assertShown(shownOutput("README.md", look), seen);
    }, 60_000);
  });

  it("shows that trace on the page, with the line that the API printed", async function () {
    requireChromium(this);
    const { tab, close } = await openTab(pageUrl(where()), flagsOf(where()));
    try {
      await eventually(async () => {
        await showView(tab, pageUrl(where()), `#/trace/${traceId(seen)}`);
        assert.equal(await tab.locator(".waterfall .bar").count(), 2);
        assert.match(await tab.locator('section[aria-label="Log lines"]').innerText(), /GET \/hello/);
      }, 30_000);
    } finally {
      await close();
    }
  });
}

/** A second service and an alert of its own beside the platform, by docs/services.md; in the end they are gone again. */
export function describeOwnService(where: () => SandboxPaths): void {
  describe(`what docs/services.md says under "${ownHeading}"`, () => {
    const user = newUser(where);
    const commands = () => commandsUnder("docs/services.md", ownHeading);
    const command = (pattern: RegExp) => commands().find((text) => pattern.test(text)) ?? assert.fail(String(pattern));
    let served: ServedTab | undefined;

    before(function () {
      requireChromium(this);
    });
    after(() => served?.close());

    const page = async (): Promise<Tab> => (served ??= await openTab(pageUrl(where()), flagsOf(where()))).tab;
    /** The alert as the page's list of alerts has it, state first. */
    const shownAlert = async () => {
      const tab = await page();
      await showView(tab, pageUrl(where()), "#/alerts");
      return tab.locator("tbody tr", { hasText: alert }).allInnerTexts();
    };

    it("brings a second API, and one trace through both", async () => {
      await user.types(command(/--project stacks\/team-api --telemetry/));
      await user.types(command(/ traffic /));
      let id = "";
      await eventually(async () => {
        const seen = await user.types(command(/ see$/));
        assert.match(seen, /^ {2}orders-api: GET +server .*\n(.*\n)*? +python-api: GET \/items/m);
        id = traceId(seen);
      }, 60_000);
      const tab = await page();
      await showView(tab, pageUrl(where()), `#/trace/${id}`);
      const spans = await tab.locator(".waterfall .name").allInnerTexts();
      for (const service of ["orders-api", "python-api"]) {
        assert.ok(
          spans.some((span) => span.startsWith(`${service}: `)),
          spans.join(),
        );
      }
    });

    it("brings an alert that fires while somebody asks for what is not there, and ends after", async () => {
      const [, rule = ""] =
        /^```yaml\n(apiVersion: monitoring[\s\S]*?)^```/m.exec(readProjectFile("docs/services.md")) ?? [];
      const file = path.join(where().state, "orders-missing.yaml");
      writeFileSync(file, rule);
      await user.types(command(/^kubectl .* apply/).replace("orders-missing.yaml", file));
      await user.types(command(/ telemetry$/));
      await eventually(async () => {
        assert.match((await shownAlert()).join(), /^inactive/);
      }, 30_000);

      const requests = user.types(command(/^for /));
      await eventually(async () => {
        const [row = "", ...others] = await shownAlert();
        assert.match(row, /^firing\s+OrdersMissing\s+warning\s+namespace=team-api/);
        assert.deepEqual(others, []);
      }, 60_000);
      const alerts = `http://127.0.0.1:${telemetryPorts(where()).alertmanager}/api/v2/alerts`;
      await eventually(async () => {
        const told = (await (await fetch(alerts)).json()) as { labels: Record<string, string> }[];
        assert.ok(told.some(({ labels }) => labels.alertname === alert));
      }, 30_000);
      await requests;
      await eventually(async () => {
        assert.match((await shownAlert()).join(), /^inactive/);
      }, 90_000);
    });

    it("takes the second API away, and its alert with it", async () => {
      await served?.close();
      served = undefined;
      await user.types(command(/ destroy --project /));
      const status = await user.types("npm run sandbox -- telemetry status");
      assert.doesNotMatch(status, /^orders-api/m);
      assert.match(status, /^python-api +running/m);
    });
  });
}
