import type { NodejsApplication } from "./application.ts";
import type { Need } from "./need.ts";

/** Packages of an SDK that sends by itself. */
const sdkPackages = /^@opentelemetry\/(sdk-.+|auto-instrumentations-node)$/;

/** What a Node.js application needs when it is injected. */
export function nodejsNeeds({ packages, manifest }: NodejsApplication): Need[] {
  const names = [...new Set(packages.map(({ name }) => name))];
  // No file tells whether the application handles SIGTERM.
  const needs: Need[] = [
    {
      need: "an end at SIGTERM, unless it has a handler of its own",
      reason: "the SDK listens for SIGTERM, and a server without a handler then serves on until it is killed",
      argument: "nothing to set: injection.nodejs.endAtSigterm is on",
      section: "nodejs-the-end",
    },
  ];
  const sdk = names.filter((name) => sdkPackages.test(name));
  if (sdk.length > 0) {
    needs.push({
      need: "one SDK",
      reason: `it has ${sdk.join(", ")}: its own SDK and the injected one would each send, so take one of them out`,
      argument: undefined,
      section: "own-sdk",
    });
  }
  if (manifest?.esModules === true) {
    needs.push({
      need: "the loader hook",
      reason:
        '"type" is "module": what an ES module imports, such as node:http or pg, is not instrumented without it; the http that Express and Fastify load by require is',
      argument: "injection.nodejs.loaderHook: true",
      section: "es-modules",
    });
  }
  if (manifest?.start !== undefined) {
    needs.push({
      need: "node as the container's command",
      reason: `under npm start, npm itself is injected too and sends metrics of its own as the service's: run what scripts.start runs (${manifest.start}) in the container`,
      argument: "nothing to set: injection.nodejs.endAtSigterm, which is on, leaves npm out",
      section: "npm-start",
    });
  }
  return needs;
}
