// An Express application with a handler of SIGTERM: it closes its server and ends with a code of its own.
const express = require("express");

const app = express();
app.get("/ok", (request, response) => response.json({ answer: 42 }));
app.get("/warn", (request, response) => {
  console.warn("stock is low");
  response.json({ warned: true });
});
app.get("/boom", () => {
  throw new Error("the shelf is empty");
});
app.get("/versions", (request, response) => {
  response.json({ express: require("express/package.json").version });
});
const server = app.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
process.once("SIGTERM", () => {
  console.log("closing");
  server.close(() => process.exit(7));
  server.closeAllConnections();
});
