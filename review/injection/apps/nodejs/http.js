// A server on node:http without a handler of SIGTERM.
const { createServer } = require("node:http");

createServer((request, response) => {
  console.log("asked for", request.url);
  if (request.url === "/warn") console.error("stock is low");
  response.statusCode = request.url === "/boom" ? 500 : 200;
  response.end(JSON.stringify({ path: request.url }));
}).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
