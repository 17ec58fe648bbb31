import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { freePort } from "../../cli/freePort.ts";
import { poll } from "../../cli/poll.ts";
import { silentReport } from "../../cli/silentReport.ts";
import type { LoginProxy } from "../../components/access/exposed.ts";
import { proxyDeploymentSpec } from "../../components/access/oauth2Proxy.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { parseSettings } from "../../settings/read.ts";
import { type LoginProvider, loginProvider } from "../support/loginProvider.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { hasOpenSsl, TestAuthority } from "../support/testAuthority.ts";
import { skipUnless } from "../support/prerequisites.ts";

const host = "logs.example.org";

/** The real oauth2-proxy with the arguments of the stack's, but for its addresses and files. */
describe("a login through oauth2-proxy", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let program: string;
  let provider: LoginProvider;
  let upstream: Server;
  let proxy: ChildProcess;
  let address: string;

  before("build it", async () => {
    ({ "oauth2-proxy": program } = await ensureTools(["oauth2-proxy"], sandboxPaths(), silentReport));
  });

  beforeEach("start the provider, what is behind the proxy, and the proxy", async () => {
    provider = await loginProvider();
    upstream = createServer(({ url }, response) => response.end(`logs ${url ?? ""}`));
    await new Promise<void>((done) => upstream.listen(0, "127.0.0.1", done));
    for (const [name, content] of Object.entries({ client: "hunter2", cookie: "0123456789abcdef0123456789abcdef" })) {
      mkdirSync(join(folder(), name));
      writeFileSync(join(folder(), name, `${name}-secret`), content);
    }
    await start({ name: "proxy", host, upstream: `${addressOf(upstream)}/select/` });
  });

  /** Starts the proxy as its container is started. */
  async function start(own: LoginProxy): Promise<void> {
    const client = { clientId: "stack", clientSecret: "client", groups: ["platform team"] };
    const settings = parseSettings({
      oidc: JSON.stringify({ ...client, issuerUrl: "https://login.example.org" }),
      access: JSON.stringify({ authentication: "oauth2-proxy" }),
    });
    const oidc = { ...settings.oidc, issuerUrl: provider.issuer };
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    const [container = assert.fail("no container")] = proxyDeploymentSpec(own, oidc).template.spec.containers;
    const local = (text: string) =>
      text.replace("0.0.0.0:4180", `127.0.0.1:${port}`).replace("/etc/oauth2-proxy", folder());
    const more = Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, local(value)]));
    proxy = spawn(program, container.args.map(local), { stdio: "ignore", env: { ...process.env, ...more } });
    const isReady = async () => (await fetch(`${address}/ready`).catch(() => undefined))?.ok === true;
    assert.ok(await poll(isReady, 60_000, 100), "oauth2-proxy does not start");
  }

  afterEach(() => {
    proxy.kill();
    upstream.close();
    provider.close();
  });

  /** A browser's way to a path, with what the site's gateway says of it. */
  async function login(path: string) {
    const cookies = new Map<string, string>();
    const ask = async (where: string) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, accept: "text/html", "x-forwarded-host": host, "x-forwarded-proto": "https" };
      const answer = await fetch(`${address}${where}`, { redirect: "manual", headers });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return answer;
    };
    const toProvider = await ask(path);
    const back = await fetch(locationOf(toProvider), { redirect: "manual" });
    const { origin, pathname, search } = new URL(locationOf(back));
    assert.equal(`${origin}${pathname}`, `https://${host}/oauth2/callback`);
    return { callback: await ask(`${pathname}${search}`), ask };
  }

  it("leads a member of the group to where he wanted to go, by the client's secret and a challenge", async () => {
    provider.groups = ["platform team"];
    const { callback, ask } = await login("/select/vmui/?a=1");
    assert.deepEqual([callback.status, locationOf(callback)], [302, "/select/vmui/?a=1"]);
    assert.match(
      callback.headers.getSetCookie().join(),
      /_oauth2_proxy=.*Max-Age=43200.*HttpOnly; Secure; SameSite=Lax/,
    );
    assert.deepEqual(provider.last, { secret: "hunter2", isChallengeMet: true });
    assert.equal(await (await ask("/select/vmui/?a=1")).text(), "logs /select/vmui/?a=1");
  });

  it("lets nobody write or delete logs, logged in or not", async () => {
    provider.groups = ["platform team"];
    const { ask } = await login("/select/vmui/");
    for (const path of ["/insert/jsonline", "/delete/run_task", "/metrics"]) {
      assert.equal((await ask(path)).status, 404, path);
      assert.equal((await fetch(`${address}${path}`, { redirect: "manual" })).status, 302, path);
    }
  });

  it("asks what is behind it over TLS by the CA that it is given, and trusts no other", async function () {
    skipUnless(this, hasOpenSsl, "OpenSSL");
    provider.groups = ["platform team"];
    const authority = new TestAuthority(join(folder(), "authority"));
    const secret = join(folder(), "secret");
    authority.issue(secret, []);
    const [cert, key] = ["tls.crt", "tls.key"].map((file) => readFileSync(join(secret, file)));
    const encrypted = createSecureServer({ cert, key }, ({ url }, response) => response.end(`logs ${url ?? ""}`));
    await new Promise<void>((done) => encrypted.listen(0, "127.0.0.1", done));
    const other = new TestAuthority(join(folder(), "other"));
    mkdirSync(join(folder(), "ca"));
    try {
      for (const [ca, status] of [
        [other, 502],
        [authority, 200],
      ] as const) {
        writeFileSync(join(folder(), "ca", "ca.crt"), ca.certificate);
        proxy.kill();
        const upstream = `${addressOf(encrypted).replace("http:", "https:")}/select/`;
        await start({ name: "proxy", host, upstream, caSecret: "logs" });
        const { ask } = await login("/select/vmui/");
        assert.equal((await ask("/select/vmui/")).status, status);
      }
    } finally {
      encrypted.close();
    }
  });

  it("keeps out who is in no such group", async () => {
    provider.groups = ["others"];
    const { callback, ask } = await login("/select/vmui/");
    assert.equal(callback.status, 403);
    assert.equal((await ask("/select/vmui/")).status, 302);
  });
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function locationOf({ headers }: Response): string {
  return headers.get("location") ?? assert.fail("no redirect");
}
