/** Namespace of the team, which is not the platform's. */
export const teamNamespace = "team-api";

/** Name and port of the team's API. */
export const ordersApi = { name: "orders-api", port: 8080 } as const;

/** Matches what the API counts itself: Prometheus puts the namespace on what a ServiceMonitor brings. */
export const ordersCounter = { name: "orders_total", matcher: `namespace="${teamNamespace}"` } as const;
