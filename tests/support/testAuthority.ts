import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mountSecret } from "./mountedSecret.ts";

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** What signs for it. */
export const hasOpenSsl = spawnSync("openssl", ["version"]).status === 0;

/** A CA for a test, which signs as cert-manager does: with OpenSSL, into folders like those of a Secret. */
export class TestAuthority {
  /** The CA's certificate, as PEM. */
  readonly certificate: string;
  readonly #folder: string;

  /** @param folder empty, for its key and what it signs */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const subject = ["-subj", "/CN=fluffy-observability", "-days", "2"];
    this.#openssl("req", "-x509", ...newKey, ...subject, "-keyout", "ca.key", "-out", "ca.crt");
    this.certificate = readFileSync(path.join(folder, "ca.crt"), "utf8");
  }

  /**
   * Signs a new certificate with a new key into the folder of a Secret.
   *
   * @param secret folder with `tls.crt`, `tls.key` and `ca.crt`
   * @param dnsNames names in the certificate; the loopback address is in it too
   */
  issue(secret: string, dnsNames: readonly string[]): void {
    const { cert, key } = this.sign(dnsNames);
    mountSecret(secret, { "tls.crt": cert, "tls.key": key, "ca.crt": this.certificate });
  }

  /** A new certificate and its new key, as PEM, for names and the loopback address. */
  sign(dnsNames: readonly string[] = []): { cert: string; key: string } {
    const names = [...dnsNames.map((name) => `DNS:${name}`), "IP:127.0.0.1"].join(",");
    writeFileSync(path.join(this.#folder, "extensions"), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
    this.#openssl("req", "-new", ...newKey, "-subj", "/", "-keyout", "key", "-out", "request");
    const signer = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "extensions"];
    this.#openssl("x509", "-req", "-in", "request", ...signer, "-out", "cert");
    const read = (file: string) => readFileSync(path.join(this.#folder, file), "utf8");
    return { cert: read("cert"), key: read("key") };
  }

  #openssl(...args: string[]): void {
    execFileSync("openssl", args, { cwd: this.#folder, stdio: "pipe" });
  }
}
