// A Fastify application with its own log lines, and no handler of SIGTERM.
const fastify = require("fastify");

const app = fastify({ logger: true });
app.get("/ok", () => ({ answer: 42 }));
app.get("/warn", (request) => {
  request.log.warn("stock is low");
  return { warned: true };
});
app.get("/boom", () => {
  throw new Error("the shelf is empty");
});
app.get("/versions", () => ({ fastify: app.version }));
app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
