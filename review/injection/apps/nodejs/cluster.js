// A cluster of three workers, each with a server.
const cluster = require("node:cluster");
const { createServer } = require("node:http");

if (cluster.isPrimary) {
  let listening = 0;
  cluster.on("listening", () => {
    listening += 1;
    if (listening === 3) console.log("all listen");
  });
  for (let count = 0; count < 3; count += 1) cluster.fork();
} else {
  createServer((request, response) => {
    response.end(JSON.stringify({ path: request.url }));
  }).listen(Number(process.env.PORT), "127.0.0.1");
}
