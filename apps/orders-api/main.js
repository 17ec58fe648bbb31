"use strict";
const { createServer } = require("./server.js");

const { PORT = "8080", HOST, CATALOGUE_URL = "http://python-api.python-api.svc:8000" } = process.env;

const server = createServer({ catalogueUrl: CATALOGUE_URL });
// Without a host: on every address, of IPv6 and of IPv4.
server.listen(Number(PORT), HOST, () => console.log(`orders-api listens on port ${PORT}`));

// Kubernetes asks before it kills: what is under way is answered first.
process.on("SIGTERM", () => server.close(() => process.exit(0)));
