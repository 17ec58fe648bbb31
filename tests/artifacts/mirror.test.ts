import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../artifacts/files.ts";
import { openMirror } from "../../artifacts/mirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const path = "bundles/a-v1.yaml";
const content = "kind: A\n";
const sums = `${sha256(content)}  ${path}\n`;
const fast = { firstPause: 1, timeLimit: 200 };

/** A way to serve a mirror: puts a file there, and says where the mirror is. */
interface Place {
  put: (file: string, text: string) => Promise<void>;
  location: () => string;
}

describe("a mirror", () => {
  const folder = temporaryFolder();
  const server = fileServer();

  const places: Record<string, Place> = {
    "a folder": {
      put: async (file, text) => {
        await mkdir(join(folder(), "bundles"), { recursive: true });
        await writeFile(join(folder(), file), text);
      },
      location: folder,
    },
    "a web server": {
      put: (file, text) => {
        server.answer(`/mirror/${file}`, text);
        return Promise.resolve();
      },
      location: () => server.url("/mirror/"),
    },
  };

  for (const [name, { put, location }] of Object.entries(places)) {
    describe(`in ${name}`, () => {
      const base = () => location().replace(/\/$/, "");

      async function fails(message: string): Promise<void> {
        const reading = openMirror(location(), fast).then((mirror) => mirror.read(path));
        await assert.rejects(reading, { name: "ArtifactError", message: `artifactsMirror: ${message}` });
      }

      it("gives a file that has its checksum", async () => {
        await put("SHA256SUMS", sums);
        await put(path, content);
        const file = await (await openMirror(location(), fast)).read(path);
        assert.equal(String(Buffer.from(file.content)), content);
        assert.equal(file.source, `${base()}/${path}`);
      });

      for (const line of [`${sha256(content)} *./${path}`, `${sha256(content).toUpperCase()}  ${path}\r`]) {
        it(`understands ${JSON.stringify(line.slice(60))}`, async () => {
          await put("SHA256SUMS", `${line}\n\n`);
          await put(path, content);
          await (await openMirror(location(), fast)).read(path);
        });
      }

      it("must have checksums", async () => {
        await put(path, content);
        await fails(`there is no ${base()}/SHA256SUMS: a mirror holds SHA256SUMS, bundles/ and charts/`);
      });

      it("must have the file", async () => {
        await put("SHA256SUMS", sums);
        await fails(`there is no ${base()}/${path}`);
      });

      it("must have the file's checksum", async () => {
        await put("SHA256SUMS", `${sha256("x")}  other\n`);
        await put(path, content);
        await fails(`${base()}/SHA256SUMS has no line for ${path}`);
      });

      it("gives nothing that has another checksum", async () => {
        await put("SHA256SUMS", sums);
        await put(path, "tampered");
        await fails(
          `${base()}/${path} has checksum ${sha256("tampered")}, but ${base()}/SHA256SUMS says ${sha256(content)}: the file is not used`,
        );
      });

      it("must have readable checksums", async () => {
        await put("SHA256SUMS", `${sums}<html>\n`);
        await fails(`${base()}/SHA256SUMS:2: expected "<sha256>  <path>"`);
      });
    });
  }

  describe("at a URL", () => {
    it("is asked again when its server has trouble", async () => {
      server.answer("/SHA256SUMS", (response, attempt) => {
        if (attempt === 1) response.writeHead(503).end();
        else response.end(sums);
      });
      await openMirror(server.url(""), fast);
      assert.equal(server.requests("/SHA256SUMS"), 2);
    });

    it("must not hold a password, and it is not repeated", async () => {
      await assert.rejects(openMirror("https://user:hidden@mirror.example/x"), {
        name: "ArtifactError",
        message: "artifactsMirror: the URL of mirror.example must not hold a user name or password",
      });
    });
  });
});
