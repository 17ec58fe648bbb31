import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import path from "node:path";
import { getJson } from "../../page/http.ts";
import { Elasticsearch, type Product, products } from "../support/elasticsearch.ts";
import { eventually, soon } from "../support/eventually.ts";
import { JaegerOnElasticsearch } from "../support/jaegerOnElasticsearch.ts";
import { sendSpans } from "../support/otlp.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { hasOpenSsl, TestAuthority } from "../support/testAuthority.ts";

const service = "shop";
const elasticsearchSecret = "elasticsearch-login";
const elasticsearchCaSecret = "elasticsearch-ca";

/** Passwords that are something else in YAML or in the Collector's configuration, and must be taken as they are. */
const passwords: Readonly<Record<Product, string>> = {
  "Elasticsearch 8": "0123",
  "Elasticsearch 9": "a$$b ${env:HOME}",
  "OpenSearch 2": "key: value",
  "OpenSearch 3": "#true",
};

/** The real Jaeger by the stack's own configuration, and what stands for the store. */
describe("Jaeger on Elasticsearch", function () {
  this.timeout(20 * 60_000); // the first time it is built
  const folder = temporaryFolder();
  let jaeger: JaegerOnElasticsearch;
  let store: Elasticsearch;

  beforeEach(() => (jaeger = new JaegerOnElasticsearch(22_300)));
  afterEach(async () => {
    await jaeger.remove();
    store.close();
    assert.deepEqual(store.unknown, [], "the stand-in answers all that it is asked");
  });

  // A name that YAML reads as a number.
  const loginOf = (password: string) => ({ [elasticsearchSecret]: { ES_USERNAME: "0123", ES_PASSWORD: password } });
  const settings = () => ({ elasticsearchUrl: store.url, elasticsearchSecret, elasticsearchIndexPrefix: "prod" });

  async function startStore(
    password = "secret",
    more: { product?: Product; tls?: { cert: string; key: string } } = {},
  ) {
    store = await Elasticsearch.start({ product: "Elasticsearch 9", login: { username: "0123", password }, ...more });
  }

  const send = (names: readonly string[], traceId?: string) =>
    sendSpans(
      jaeger.spans,
      { "service.name": service },
      names.map((name) => ({ name, kind: "server", ...(traceId === undefined ? {} : { traceId }) })),
    );

  /** Names of the spans in the store, each as often as it is there. */
  const stored = () =>
    store
      .under("prod-jaeger-span-")
      .map(({ source }) => (source as { operationName: string }).operationName)
      .sort();

  /** Names of the spans of what Jaeger finds. */
  async function found(query: string): Promise<string[]> {
    const { data } = (await getJson(`${jaeger.url}/api/${query}`)) as {
      data: { spans: { operationName: string }[] }[];
    };
    return data.flatMap(({ spans }) => spans.map(({ operationName }) => operationName)).sort();
  }

  for (const product of Object.keys(products) as Product[]) {
    it(`keeps traces in indices of the prefix, with the Secret's login, and finds them: ${product}`, async () => {
      const traceId = randomBytes(16).toString("hex");
      await startStore(passwords[product], { product });
      await jaeger.start(settings(), loginOf(passwords[product]));
      await send(["checkout", "payment"], traceId);
      await send(["another"]);
      await soon(() => {
        assert.equal(stored().length, 3);
      }, 10_000);

      assert.deepEqual(await found(`traces/${traceId}`), ["checkout", "payment"]);
      assert.deepEqual(await found(`traces?service=${service}&lookback=1h`), ["another", "checkout", "payment"]);
      assert.deepEqual(await found(`traces?service=${service}&operation=payment&lookback=1h`), ["checkout", "payment"]);
      const services = (await getJson(`${jaeger.url}/api/services`)) as { data: string[] };
      assert.deepEqual(services.data, [service]);
      const today = new Date().toISOString().slice(0, 10);
      assert.deepEqual([...new Set(store.documents.map(({ index }) => index))].sort(), [
        `prod-jaeger-service-${today}`,
        `prod-jaeger-span-${today}`,
      ]);
      // With mappings of version 7, as for OpenSearch, the pattern begins with a star.
      const patterns = [...store.templates.values()].flat().map((pattern) => pattern.replace(/^\*/, ""));
      assert.deepEqual(patterns.sort(), ["prod-jaeger-service-*", "prod-jaeger-span-*"]);
    });
  }

  for (const [what, fails] of [
    ["503 for every request", { status: 503, of: "requests" }],
    ["429 for every document", { status: 429, of: "documents" }],
  ] as const) {
    it(`loses nothing while the store answers ${what}, until Jaeger has given up a write once`, async () => {
      await startStore();
      await jaeger.start(settings(), loginOf("secret"));
      store.fails = fails;
      const names = Array.from({ length: 40 }, (_, index) => `request ${index}`).sort();
      const sent = names.map(async (name, index) => {
        await sleep(index * 200);
        await send([name]);
      });
      await soon(() => {
        assert.ok(jaeger.log().some((line) => line.includes("could not process bulk request")));
      }, 60_000);
      assert.deepEqual(stored(), []);
      store.fails = undefined;
      await Promise.all(sent);
      await soon(() => {
        assert.deepEqual(stored(), names);
      }, 30_000);
    });
  }

  it("loses with its process what the store refused until then", async () => {
    await startStore();
    await jaeger.start(settings(), loginOf("secret"));
    store.fails = { status: 503, of: "requests" };
    await send(["held"]);
    await sleep(1000);
    await jaeger.stop();
    store.fails = undefined;
    await jaeger.start(settings(), loginOf("secret"));
    await send(["after"]);
    await soon(() => {
      assert.deepEqual(stored(), ["after"]);
    }, 10_000);
  });

  it("takes a changed password in while it runs, and loses nothing that was refused before", async () => {
    await startStore();
    await jaeger.start(settings(), loginOf("secret"));
    store.login = { username: "0123", password: "changed" };
    await send(["refused"]);
    await soon(() => {
      assert.ok(store.refusedWrites > 0);
    }, 10_000);
    jaeger.change(loginOf("changed"));
    await send(["after"]);
    await soon(() => {
      assert.deepEqual(stored(), ["after", "refused"]);
    }, 30_000);
  });

  /** What it says before it ends, once: in the line that it ends with. */
  async function lastWords(secrets: Record<string, Record<string, string>>, more: object = {}): Promise<string> {
    await assert.rejects(jaeger.start({ ...settings(), ...more }, secrets), /jaeger ended with code 1/);
    const lines = jaeger.log().filter((line) => line.startsWith("Error: "));
    assert.equal(lines.length, 1);
    assert.ok(!jaeger.log().some((line) => line.includes("wrong-password")));
    return lines[0] ?? "";
  }

  it("says in one line that the password is wrong, and ends", async () => {
    await startStore();
    assert.equal(
      await lastWords(loginOf("wrong-password")),
      "Error: failed to start extensions: failed to initialize storage 'traces': failed to create Elasticsearch client: " +
        "elastic: Error 401 (Unauthorized)",
    );
  });

  describe("with a certificate of a private CA", () => {
    before(function () {
      if (!hasOpenSsl) this.skip();
    });

    const authority = (name: string) => new TestAuthority(path.join(folder(), name));
    const secretsWith = (ca: TestAuthority) => ({
      ...loginOf("secret"),
      [elasticsearchCaSecret]: { "ca.crt": ca.certificate },
    });

    it("trusts the CA of the Secret", async () => {
      const ca = authority("ca");
      await startStore("secret", { tls: ca.sign() });
      await jaeger.start({ ...settings(), elasticsearchCaSecret }, secretsWith(ca));
      await send(["encrypted"]);
      await eventually(async () => {
        assert.deepEqual(await found(`traces?service=${service}&lookback=1h`), ["encrypted"]);
      }, 10_000);
    });

    for (const [what, more] of [
      ["another CA", { elasticsearchCaSecret }],
      ["no CA", {}],
    ] as const) {
      it(`says in one line that the certificate is of an unknown one, with ${what}, and ends`, async () => {
        await startStore("secret", { tls: authority("ca").sign() });
        assert.match(
          await lastWords(secretsWith(authority("other")), more),
          /failed to create Elasticsearch client: health check timeout: Head "https:\S+": tls: failed to verify certificate: x509: .*unknown authority.*: no Elasticsearch node available$/,
        );
      });
    }
  });
});
