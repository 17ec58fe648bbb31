import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A provider of OpenID Connect that lets in whoever asks, as one person. */
export interface LoginProvider {
  readonly issuer: string;
  /** Groups of the person from now on. */
  groups: string[];
  /** What the last client gave for a token. */
  readonly last: { secret: string; isChallengeMet: boolean };
  close(): void;
}

const clientId = "stack";
const person = { sub: "1", email: "somebody@example.org", email_verified: true, preferred_username: "somebody" };

/** Starts a provider on loopback, whose only client is `stack`. */
export async function loginProvider(): Promise<LoginProvider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const last = { secret: "", isChallengeMet: false };
  let asked = new URLSearchParams();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", provider.issuer);
    void answer(url, request).then(({ location, json }) => {
      if (location !== undefined) response.writeHead(302, { location });
      else response.writeHead(json === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(json === undefined ? "" : JSON.stringify(json));
    });
  });
  const provider: LoginProvider = { issuer: await listening(server), groups: [], last, close: () => server.close() };

  async function answer(url: URL, request: IncomingMessage): Promise<{ location?: string; json?: unknown }> {
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return { json: discovery(provider.issuer) };
      case "/keys":
        return { json: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] } };
      case "/authorize": {
        asked = url.searchParams;
        const back = new URL(asked.get("redirect_uri") ?? "");
        back.search = new URLSearchParams({ code: "code", state: asked.get("state") ?? "" }).toString();
        return { location: back.href };
      }
      case "/token": {
        const given = new URLSearchParams(await text(request));
        last.secret = given.get("client_secret") ?? basicPassword(request);
        const verifier = given.get("code_verifier") ?? "";
        last.isChallengeMet = createHash("sha256").update(verifier).digest("base64url") === asked.get("code_challenge");
        return { json: { access_token: "token", token_type: "Bearer", expires_in: 3600, id_token: idToken() } };
      }
      default:
        return {};
    }
  }

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 3600 };
    const claims = {
      iss: provider.issuer,
      aud: clientId,
      nonce: asked.get("nonce"),
      ...times,
      ...person,
      groups: provider.groups,
    };
    const signed = [{ alg: "RS256", kid: "1" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url")}`;
  }

  return provider;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

function basicPassword({ headers }: IncomingMessage): string {
  const [, login = ""] = (headers.authorization ?? "").split(" ");
  return Buffer.from(login, "base64").toString().split(":")[1] ?? "";
}
