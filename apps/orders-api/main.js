"use strict";
const { createServer } = require("./server.js");

const { PORT = "8080", HOST = "0.0.0.0", CATALOGUE_URL = "http://python-api.python-api.svc:8000" } = process.env;

const server = createServer({ catalogueUrl: CATALOGUE_URL });
server.listen(Number(PORT), HOST, () => console.log(`orders-api listens on ${HOST}:${PORT}`));

// Kubernetes asks before it kills: what is under way is answered first.
process.on("SIGTERM", () => server.close(() => process.exit(0)));
