import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getJson, getText, hasPage } from "../../page/http.ts";

describe("the answers of a local program", () => {
  let server: Server;
  let url = "";

  before(async () => {
    const answers: Readonly<Record<string, string>> = {
      "/one": '{"a":1}',
      "/page": '<!doctype html><script type="module" src="page.js"></script>',
      "/placeholder": "<!doctype html><p>This is a placeholder.</p>",
    };
    server = createServer(({ url: asked = "" }, response) => {
      response.statusCode = answers[asked] === undefined ? 404 : 200;
      response.end(answers[asked] ?? "not here");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it("are JSON or text", async () => {
    assert.deepEqual(await getJson(`${url}/one`), { a: 1 });
    assert.equal(await getText(`${url}/one`), '{"a":1}');
  });

  it("are nothing for a status that stands for it, and an error for any other", async () => {
    assert.equal(await getJson(`${url}/missing`, [404]), undefined);
    await assert.rejects(getJson(`${url}/missing`), /missing answered 404: not here/);
    await assert.rejects(getText(`${url}/missing`), /missing answered 404: not here/);
  });

  it("are a page for people where they are HTML with a script", async () => {
    const urls = [
      ...["/page", "/placeholder", "/one", "/missing"].map((path) => url + path),
      "http://127.0.0.1:1/",
      "",
    ];
    assert.deepEqual(await Promise.all(urls.map(hasPage)), [true, false, false, false, false, false]);
  });

  it("are missed with what to do", async () => {
    await assert.rejects(
      getJson("http://127.0.0.1:1/"),
      /nothing answers at http:\/\/127.0.0.1:1: run "npm run sandbox/,
    );
  });
});
