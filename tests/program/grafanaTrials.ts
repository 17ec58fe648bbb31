/** A trial of each setting of Grafana's pods and database, as in settingsUsed.test.ts. */
export const grafanaTrials = {
  "grafana.replicas": { to: 5, with: inDatabase() },
  "grafana.database.type": { to: "postgres", alsoTo: inDatabase("type") },
  "grafana.database.host": { from: "a.example.org:5432", to: "b.example.org:5432", with: inDatabase("host") },
  "grafana.database.name": { to: "other", with: inDatabase() },
  "grafana.database.secret": { from: "one", to: "other", with: inDatabase("secret") },
  "grafana.database.tls": { to: "unverified", with: inDatabase() },
  "grafana.database.caSecret": { to: "ca", with: inDatabase() },
} as const;

/** Grafana in a database of the site, without what is tried. */
function inDatabase(without = ""): Readonly<Record<string, unknown>> {
  const database = { type: "postgres", host: "postgres.example.org:5432", secret: "grafana-database" };
  const entries = Object.entries(database).filter(([key]) => key !== without);
  return Object.fromEntries(entries.map(([key, value]) => [`grafana.database.${key}`, value]));
}
