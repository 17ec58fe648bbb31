import assert from "node:assert/strict";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { commandsUnder } from "./docsCommands.ts";
import { commandFor } from "./newUser.ts";

const paths = sandboxPaths({ state: "/s", port: 20_000 });
const here = (command: string, ...flags: string[]) => commandFor(command, paths, flags);

describe("a page's command for a test's sandbox", () => {
  it("names folder and ports to each call of the sandbox, before what comes next", () => {
    assert.equal(
      here("npm run sandbox -- traffic --seconds 10 && npm run sandbox -- see"),
      "npm run sandbox -- traffic --seconds 10 '--state' '/s' '--port' '20000' && npm run sandbox -- see '--state' '/s' '--port' '20000'",
    );
    assert.equal(
      here("npm run sandbox -- up", "--json"),
      "npm run sandbox -- up '--state' '/s' '--port' '20000' '--json'",
    );
    assert.equal(here("npm run sandbox"), "npm run sandbox -- '--state' '/s' '--port' '20000'");
  });

  it("is found below its heading, and no other", () => {
    assert.deepEqual(commandsUnder("README.md", "The first request"), [
      "npm run sandbox -- up --telemetry",
      "curl localhost:8000/hello",
      "npm run sandbox -- see",
    ]);
    assert.throws(() => commandsUnder("README.md", "Licence"), /no command under "Licence"/);
  });

  it("asks the ports of that sandbox, and fails as an answer does", () => {
    assert.equal(
      here("curl localhost:8000/hello"),
      "curl --fail-with-body --silent --show-error 127.0.0.1:20021/hello",
    );
    assert.match(here("curl localhost:9090/api"), / 127\.0\.0\.1:20020\/api$/);
  });

  it("reads that sandbox's kubeconfig, and leaves everything else", () => {
    assert.equal(
      here("kubectl --kubeconfig .sandbox/kubeconfig get pods"),
      "kubectl --kubeconfig /s/kubeconfig get pods",
    );
  });
});
