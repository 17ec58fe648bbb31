import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dashboardUids } from "../catalog/dashboards.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { startChromium } from "../page/chromium.ts";
import { showView } from "../page/showView.ts";
import { pageArgument } from "./pageArgument.ts";

/** The pictures of the README: by file, what the page shows. */
const pictures: Readonly<Record<string, string>> = {
  api: `#/dashboard/${dashboardUids.api}`,
  collector: `#/dashboard/${dashboardUids.collector}`,
};

const folder = join(import.meta.dirname, "../docs/images");

const command = npmCommand(
  "pictures",
  'Takes the README\'s pictures of the page that "npm run sandbox -- open" serves.',
  "http://127.0.0.1:8090",
).addArgument(pageArgument());

await runScript(command, async () => {
  const [page = ""] = command.processedArgs as string[];
  const browser = await startChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: "UTC", locale: "en-GB" });
    mkdirSync(folder, { recursive: true });
    for (const [name, address] of Object.entries(pictures)) {
      await showView(tab, page, address);
      await tab.screenshot({ path: join(folder, `${name}.png`) });
      console.log(`docs/images/${name}.png`);
    }
  } finally {
    await browser.close();
  }
});
