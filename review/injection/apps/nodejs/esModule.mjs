// A server on node:http as an ES module.
import { createServer } from "node:http";

createServer((request, response) => {
  console.log("asked for", request.url);
  response.end(JSON.stringify({ path: request.url }));
}).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
