import assert from "node:assert/strict";
import { download } from "../../artifacts/download.ts";
import { freePort } from "../../cli/freePort.ts";
import { fileServer } from "./fileServer.ts";

const fast = { firstPause: 1, timeLimit: 200 };

describe("download", () => {
  const server = fileServer();

  async function fails(path: string, message: RegExp, options = {}): Promise<void> {
    await assert.rejects(download(server.url(path), { ...fast, ...options }), (error: Error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      assert.ok(error.message.includes(server.url(path)), "names the URL");
      return true;
    });
  }

  it("gives the content", async () => {
    const bytes = Buffer.from([0, 255, 10, 13]);
    server.answer("/a", bytes);
    assert.deepEqual(await download(server.url("/a"), fast), bytes);
  });

  it("follows a redirect, as release pages give", async () => {
    server.answer("/a", (response) => response.writeHead(302, { location: "/b" }).end());
    server.answer("/b", "content");
    assert.equal(String(await download(server.url("/a"), fast)), "content");
  });

  it("takes no plain http but from this machine, and asks nobody", async () => {
    for (const url of ["http://mirror.example.org/a", "ftp://127.0.0.1/a", "http://127.0.0.1.example.org/a"]) {
      await assert.rejects(download(url, fast), {
        name: "ArtifactError",
        message: `cannot download ${url}: it must be an https URL, plain http is for this machine itself`,
      });
    }
  });

  it("follows no redirect to plain http, and repeats no part of its address but the host", async () => {
    server.answer("/a", (response) =>
      response.writeHead(302, { location: "http://other.example.org/b?signature=x" }).end(),
    );
    await fails("/a", /: it redirects to http:\/\/other\.example\.org, which is not https$/);
    assert.equal(server.requests("/a"), 1);
  });

  it("follows no redirect to another host where there is no reason for one", async () => {
    server.answer("/a", (response) =>
      response.writeHead(302, { location: server.url("/b").replace("127.0.0.1", "localhost") }).end(),
    );
    server.answer("/b", "content");
    assert.equal(String(await download(server.url("/a"), fast)), "content");
    await fails("/a", /: it redirects to another host, localhost:\d+$/, { redirects: "same-host" });
  });

  it("does not go round in circles", async () => {
    server.answer("/a", (response) => response.writeHead(302, { location: "/a" }).end());
    await fails("/a", /: it redirects more than 5 times$/, { timeLimit: 30_000 });
    assert.equal(server.requests("/a"), 6);
  });

  it("logs in where it is asked to, and at no other host", async () => {
    const seen: (string | undefined)[] = [];
    server.answer("/a", (response, _attempt, { headers }) => {
      seen.push(headers.authorization);
      if (headers.authorization === undefined) response.writeHead(401, { "www-authenticate": "Bearer x" }).end();
      else response.writeHead(307, { location: server.url("/b").replace("127.0.0.1", "localhost") }).end();
    });
    server.answer("/b", (response, _attempt, { headers }) => {
      seen.push(headers.authorization);
      response.end("content");
    });
    const authorize = (challenge: string) => Promise.resolve(`for ${challenge}`);
    assert.equal(String(await download(server.url("/a"), { ...fast, authorize })), "content");
    assert.deepEqual(seen, [undefined, "for Bearer x", undefined]);
    await fails("/a", /the server answered 401 Unauthorized$/);
  });

  it("gives undefined for a file that is not there, at once", async () => {
    assert.equal(await download(server.url("/missing"), fast), undefined);
    assert.equal(server.requests("/missing"), 1);
  });

  it("does not repeat what will not change", async () => {
    server.answer("/a", (response) => response.writeHead(403).end("no"));
    await fails("/a", /the server answered 403 Forbidden$/);
    assert.equal(server.requests("/a"), 1);
  });

  for (const status of [500, 503, 429]) {
    it(`tries again after a ${status}`, async () => {
      server.answer("/a", (response, attempt) => {
        if (attempt < 3) response.writeHead(status).end("busy");
        else response.end("content");
      });
      assert.equal(String(await download(server.url("/a"), fast)), "content");
      assert.equal(server.requests("/a"), 3);
    });
  }

  it("gives up after the last attempt and says how often it tried", async () => {
    server.answer("/a", (response) => response.writeHead(500).end());
    await fails("/a", /the server answered 500 Internal Server Error \(tried 3 times\)$/);
    assert.equal(server.requests("/a"), 3);
  });

  it("waits longer before each attempt", async () => {
    const times: number[] = [];
    server.answer("/a", (response) => {
      times.push(performance.now());
      response.writeHead(500).end();
    });
    await fails("/a", /500/, { firstPause: 40 });
    const [first = 0, second = 0, third = 0] = times;
    assert.ok(second - first >= 38, `first pause ${second - first} ms`);
    assert.ok(third - second >= 78, `second pause ${third - second} ms`);
  });

  it("gives up on a server that never answers", async () => {
    server.answer("/a", () => undefined);
    await fails("/a", /not complete after 0\.1 s \(tried 2 times\)$/, { timeLimit: 100, attempts: 2 });
  });

  it("gives up on a server that stops in the middle", async () => {
    server.answer("/a", (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
    });
    await fails("/a", /not complete after 0\.1 s/, { timeLimit: 100, attempts: 2 });
  });

  it("starts over when the connection breaks off, and uses nothing of the broken part", async () => {
    server.answer("/a", (response, attempt) => {
      if (attempt > 1) return void response.end("whole content");
      response.writeHead(200, { "content-length": "13" });
      response.write("whole", () => response.destroy());
    });
    assert.equal(String(await download(server.url("/a"), fast)), "whole content");
    assert.equal(server.requests("/a"), 2);
  });

  it("does not take a file that breaks off without an announced length", async () => {
    server.answer("/a", (response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" });
      response.write("half", () => response.destroy());
    });
    await fails("/a", /\(tried 3 times\)$/);
  });

  it("does not take less than was announced", async () => {
    server.answer("/a", (response) => {
      response.socket?.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
    });
    await fails("/a", /\(tried 3 times\)$/);
  });

  it("takes nothing beyond the announced length", async () => {
    server.answer("/a", (response) => {
      response.socket?.end("HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nlonger");
    });
    const content = await download(server.url("/a"), fast).catch(() => undefined);
    assert.ok(content === undefined || String(content) === "long", String(content));
  });

  it("stops at the size limit, however long the file is said to be", async () => {
    server.answer("/a", (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(1000)));
        response.once("drain", more);
      };
      more();
    });
    await fails("/a", /it is larger than 5000 bytes$/, { maxBytes: 5000 });
    assert.equal(server.requests("/a"), 1);
  });

  it("asks for the file as it is, not compressed", async () => {
    let asked: unknown;
    server.answer("/a", (response, _attempt, request) => {
      asked = request.headers["accept-encoding"];
      response.end("content");
    });
    await download(server.url("/a"), fast);
    assert.equal(asked, "identity");
  });

  it("says what is wrong where nothing listens", async () => {
    const url = `http://127.0.0.1:${await freePort()}/a`;
    await assert.rejects(download(url, fast), {
      name: "ArtifactError",
      message: `cannot download ${url}: connect ECONNREFUSED ${new URL(url).host} (tried 3 times)`,
    });
  });

  it("ends at once when it is no longer wanted", async () => {
    server.answer("/a", (response) => response.writeHead(500).end());
    const started = performance.now();
    await assert.rejects(
      download(server.url("/a"), { attempts: 5, firstPause: 60_000, signal: AbortSignal.timeout(50) }),
    );
    assert.ok(performance.now() - started < 5000);
  });
});
