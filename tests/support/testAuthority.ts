import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** What signs for it. */
export const hasOpenSsl = spawnSync("openssl", ["version"]).status === 0;

/** A CA for a test, which signs as cert-manager does: with OpenSSL, into folders like those of a Secret. */
export class TestAuthority {
  /** The CA's certificate, as PEM. */
  readonly certificate: string;
  readonly #folder: string;
  #signed = 0;

  /** @param folder empty, for its key and what it signs */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const subject = ["-subj", "/CN=fluffy-observability", "-days", "2"];
    this.#openssl("req", "-x509", ...newKey, ...subject, "-keyout", "ca.key", "-out", "ca.crt");
    this.certificate = readFileSync(path.join(folder, "ca.crt"), "utf8");
  }

  /**
   * Signs a new certificate with a new key into the folder of a Secret, all files at once as the kubelet does it: they are links through a
   * link, which is replaced.
   *
   * @param secret folder with `tls.crt`, `tls.key` and `ca.crt`
   * @param dnsNames names in the certificate; the loopback address is in it too
   */
  issue(secret: string, dnsNames: readonly string[]): void {
    this.#signed += 1;
    const version = path.join(secret, `..${this.#signed}`);
    mkdirSync(version, { recursive: true });
    const names = [...dnsNames.map((name) => `DNS:${name}`), "IP:127.0.0.1"].join(",");
    writeFileSync(path.join(this.#folder, "extensions"), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
    const key = path.join(version, "tls.key");
    this.#openssl("req", "-new", ...newKey, "-subj", "/", "-keyout", key, "-out", "request");
    const signer = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "extensions"];
    this.#openssl("x509", "-req", "-in", "request", ...signer, "-out", path.join(version, "tls.crt"));
    writeFileSync(path.join(version, "ca.crt"), this.certificate);
    const [data, next] = [path.join(secret, "..data"), path.join(secret, "..next")];
    symlinkSync(path.basename(version), next);
    renameSync(next, data);
    for (const file of ["tls.crt", "tls.key", "ca.crt"].filter((name) => !existsSync(path.join(secret, name)))) {
      symlinkSync(`..data/${file}`, path.join(secret, file));
    }
  }

  #openssl(...args: string[]): void {
    execFileSync("openssl", args, { cwd: this.#folder, stdio: "pipe" });
  }
}
