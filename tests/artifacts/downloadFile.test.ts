import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { downloadFile } from "../../artifacts/downloadFile.ts";
import { readIfThere } from "../../artifacts/files.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";
import { answerRange } from "../../review/releases/rangeAnswer.ts";

const fast = { firstPause: 1, timeLimit: 5000 };
const content = Buffer.from("0123456789");

describe("downloadFile", () => {
  const server = fileServer();
  const folder = temporaryFolder();
  const file = () => join(folder(), "file");

  it("goes on where an earlier call was cut off", async () => {
    const seen: (string | undefined)[] = [];
    server.answer("/a", (response, _attempt, request) => {
      seen.push(request.headers.range);
      answerRange(response, request, content);
    });
    await writeFile(file(), "0123");
    const progress: (number | undefined)[][] = [];
    const onProgress = (...each: (number | undefined)[]) => progress.push(each);
    assert.equal(await downloadFile(server.url("/a"), file(), { ...fast, onProgress }), true);
    assert.deepEqual(await readFile(file()), content);
    assert.deepEqual(seen, ["bytes=4-"]);
    assert.deepEqual(progress.at(-1), [10, 10]);
  });

  it("goes on as long as it gets further, however often the connection breaks off", async () => {
    server.answer("/a", (response, _attempt, request) => {
      answerRange(response, request, content, 2);
    });
    assert.equal(await downloadFile(server.url("/a"), file(), fast), true);
    assert.deepEqual(await readFile(file()), content);
    assert.ok(server.requests("/a") >= 5);
  });

  it("goes on after ten cuts at random places, and asks for no byte twice", async () => {
    const large = Buffer.alloc(5_000_000, "0123456789abcdef!");
    const asked: number[] = [];
    for (let cut = 1; cut <= 10; cut++) {
      let most = Math.ceil((Math.random() * large.length) / 10);
      server.answer("/a", (response, _attempt, request) => {
        if (most === 0) return void response.destroy();
        asked.push(Number(/\d+/.exec(request.headers.range ?? "0")?.[0]));
        answerRange(response, request, large, most);
        most = 0;
      });
      await assert.rejects(downloadFile(server.url("/a"), file(), fast), /^ArtifactError: cannot download .+tried 3/);
    }
    const sizes = [...asked.slice(1), (await readFile(file())).length];
    assert.ok(
      sizes.every((size, cut) => size > (asked[cut] ?? 0)),
      asked.join(),
    );
    server.answer("/a", (response, _attempt, request) => {
      answerRange(response, request, large);
    });
    assert.equal(await downloadFile(server.url("/a"), file(), fast), true);
    assert.ok(large.equals(await readFile(file())));
  });

  it("starts over where the server sends all of it", async () => {
    server.answer("/a", content);
    await writeFile(file(), "xxxx");
    assert.equal(await downloadFile(server.url("/a"), file(), fast), true);
    assert.deepEqual(await readFile(file()), content);
  });

  it("goes on from what is there after a server sent all of it anew, and then nothing", async () => {
    await writeFile(file(), content.subarray(0, 4));
    server.answer("/a", (response, attempt, request) => {
      if (attempt > 1) {
        answerRange(response, request, content);
        return;
      }
      response.writeHead(200, { "content-length": String(content.length) });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 50);
    });
    assert.equal(await downloadFile(server.url("/a"), file(), fast), true);
    assert.deepEqual(await readFile(file()), content);
  });

  it("takes a file that is there as a whole", async () => {
    server.answer("/a", (response, _attempt, request) => {
      answerRange(response, request, content);
    });
    await writeFile(file(), content);
    assert.equal(await downloadFile(server.url("/a"), file(), fast), true);
    assert.deepEqual(await readFile(file()), content);
  });

  it("says where there is no such file, and leaves none", async () => {
    assert.equal(await downloadFile(server.url("/missing"), file(), fast), false);
    assert.equal(await readIfThere(() => readFile(file())), undefined);
  });

  it("gives up on a server that falls silent, and keeps what came", async () => {
    server.answer("/a", (response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("0123");
    });
    await assert.rejects(downloadFile(server.url("/a"), file(), { ...fast, timeLimit: 100, attempts: 1 }), {
      name: "ArtifactError",
      message: `cannot download ${server.url("/a")}: not complete after 0.1 s (tried 1 times)`,
    });
    assert.equal(await readFile(file(), "utf8"), "0123");
  });
});
