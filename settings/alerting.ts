import { z } from "zod";
import { isHostPort, secretName } from "./bounds.ts";

/** What the settings say about objectives and about who is told when they are missed. */

/** Bounds of the buckets that OpenTelemetry's HTTP duration has: only at these can be said how many requests were in time. */
const bucketBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

// Above 5 % of failures allowed, the fastest burn that the alerts look for could not happen.
const share = z.number().min(0.95, "a number from 0.95 to 0.9999").max(0.9999, "a number from 0.95 to 0.9999");
const bound = z.union(
  bucketBounds.map((value) => z.literal(value)),
  `one of ${bucketBounds.join(", ")}`,
);
/** What a service promises that has numbers of its own for everything. */
export const objectiveSchema = z.strictObject({ availability: share, latencyTarget: share, latencySeconds: bound });

const receiverName = z
  .string()
  .regex(/^(?!none$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "a name of small letters, digits and dashes, and not none");
const serviceName = z.string().regex(/^\S+$/, "the service.name of a service");

/** What every service promises over 30 days. */
export const sloSchema = z.strictObject({
  /** Share of the requests that are answered without a server error (5xx). @default 0.995 */
  availability: share.default(0.995),
  /** Share of the requests that are answered within `latencySeconds`. @default 0.99 */
  latencyTarget: share.default(0.99),
  /** Seconds; a bound of the buckets of the histogram. @default 0.5 */
  latencySeconds: bound.default(0.5),
  /** Other numbers for single services, by their `service.name`. @default {} */
  services: z
    .record(
      serviceName,
      z.strictObject({
        /** @default that of all services */
        availability: share.optional(),
        /** @default that of all services */
        latencyTarget: share.optional(),
        /** @default that of all services */
        latencySeconds: bound.optional(),
      }),
    )
    .default({}),
});

const receiverSchema = z.strictObject({
  /** What it is. */
  type: z.enum(["slack", "teams", "webhook", "pagerduty", "email"]),
  /**
   * Secret in namespace `observability` that holds the URL (slack, teams, webhook), the routing key (pagerduty) or the
   * password (email). @default the entry of the receiver's name in the secret setting `alertSecrets`
   */
  secret: z.strictObject({ name: secretName, key: z.string().min(1, "a key of the Secret") }).optional(),
  /** Channel, such as `#alerts`; type slack. */
  channel: z.string().min(1, "the name of a channel").optional(),
  /** Address of the recipient; type email. */
  to: z.email("an e-mail address").optional(),
  /** Address of the sender; type email. */
  from: z.email("an e-mail address").optional(),
  /** host:port of the mail server; type email. */
  smarthost: z.string().refine(isHostPort, "host:port such as smtp.example.org:587").optional(),
  /** Name to log in to the mail server with; type email. @default no login, and so no secret */
  username: z.string().min(1, "a name to log in with").optional(),
});

const routeSchema = z.strictObject({
  /** Name of a receiver. */
  receiver: receiverName,
  /** How urgent the alerts are. @default both */
  severities: z
    .array(z.enum(["critical", "warning"]))
    .min(1, "critical, warning or both")
    .default(["critical", "warning"]),
  /** Where the alerts are from. @default all */
  namespaces: z.array(z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "the name of a namespace")).default([]),
});

/** Receivers of alerts; parts of the setting `alertmanager`. */
export const notificationShape = {
  /** Where messages go, by name. @default none: alerts are only shown */
  receivers: z.record(receiverName, receiverSchema).default({}),
  /** Which alerts go to which receiver; an alert goes to every one that fits. @default none */
  routes: z.array(routeSchema).default([]),
  /** Receiver of the alert that always fires; it raises the alarm when that alert stops. @default "" - none */
  deadMansSwitch: z.string("empty, or the name of a receiver").default(""),
};

/**
 * Which receivers have their URL, key or password in the setting `alertSecrets`, and whether it can be a URL. The values are left out
 * here: they are read as secrets, by `readAlertSecrets`.
 */
export const alertSecretsSchema = z
  .record(receiverName, z.string().min(1, "the URL, key or password of the receiver"))
  .transform((values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        { isUrl: /^https?:\/\/./.test(value) && URL.canParse(value) },
      ]),
    ),
  );

/** One receiver in the settings. */
export type ReceiverSettings = z.infer<typeof receiverSchema>;

/** The parts of the settings that say who is told. */
export interface NotificationSettings {
  readonly alertmanager: z.infer<z.ZodObject<typeof notificationShape>>;
  readonly alertSecrets: z.infer<typeof alertSecretsSchema>;
}

/** Fields that a type of receiver cannot do without, and those that it may have. */
const receiverFields = {
  slack: { needed: ["channel"], possible: [] },
  teams: { needed: [], possible: [] },
  webhook: { needed: [], possible: [] },
  pagerduty: { needed: [], possible: [] },
  email: { needed: ["to", "from", "smarthost"], possible: ["username"] },
} as const satisfies Record<ReceiverSettings["type"], Record<"needed" | "possible", (keyof ReceiverSettings)[]>>;

/** Receivers whose secret is a URL. With one that is none the Prometheus operator takes no part of Alertmanager's configuration. */
const byUrl: readonly ReceiverSettings["type"][] = ["slack", "teams", "webhook"];

/** Whether a receiver of this kind has something secret: all but a mail server without a login. */
export function needsSecret(receiver: ReceiverSettings): boolean {
  return receiver.type !== "email" || receiver.username !== undefined;
}

/** Settings about notifications that do not fit together, as `[key, problem]`. */
export function notificationConflicts({ alertmanager, alertSecrets }: NotificationSettings): [string, string][] {
  const { receivers, routes, deadMansSwitch } = alertmanager;
  const names = Object.keys(receivers);
  const unknown = (name: string, may: string) =>
    names.length === 0
      ? `is "${name}", but alertmanager.receivers is empty: add that receiver there`
      : `is "${name}": must be ${may}one of ${names.join(", ")}`;
  const used = new Set([...routes.map(({ receiver }) => receiver), deadMansSwitch]);
  return [
    ...Object.entries(receivers).flatMap(([name, receiver]) =>
      receiverConflicts(name, receiver, Object.hasOwn(alertSecrets, name) ? alertSecrets[name] : undefined),
    ),
    ...Object.keys(receivers)
      .filter((name) => !used.has(name))
      .map((name): [string, string] => [
        `alertmanager.receivers.${name}`,
        "is not used: name it in alertmanager.routes, or set it as alertmanager.deadMansSwitch",
      ]),
    ...routes.flatMap(({ receiver }, index): [string, string][] =>
      Object.hasOwn(receivers, receiver) ? [] : [[`alertmanager.routes.${index}.receiver`, unknown(receiver, "")]],
    ),
    ...(deadMansSwitch === "" || Object.hasOwn(receivers, deadMansSwitch)
      ? []
      : [["alertmanager.deadMansSwitch", unknown(deadMansSwitch, "empty, or ")] as [string, string]]),
    ...Object.keys(alertSecrets)
      .filter((name) => !Object.hasOwn(receivers, name))
      .map((name): [string, string] => [
        `alertSecrets.${name}`,
        `has no receiver of that name: ${names.length === 0 ? "alertmanager.receivers is empty" : `there are ${names.join(", ")}`}`,
      ]),
  ];
}

function receiverConflicts(
  name: string,
  receiver: ReceiverSettings,
  secret: NotificationSettings["alertSecrets"][string] | undefined,
): [string, string][] {
  const hasConfig = secret !== undefined;
  const key = `alertmanager.receivers.${name}`;
  const { needed, possible } = receiverFields[receiver.type];
  const fields: readonly string[] = ["type", "secret", ...needed, ...possible];
  const problems: [string, string][] = [
    ...needed
      .filter((field) => receiver[field] === undefined)
      .map((field): [string, string] => [
        `${key}.${field}`,
        `is missing: a receiver of type ${receiver.type} needs it`,
      ]),
    ...Object.keys(receiver)
      .filter((field) => !fields.includes(field))
      .map((field): [string, string] => [
        `${key}.${field}`,
        `is not for type ${receiver.type}; allowed are: ${fields.join(", ")}`,
      ]),
  ];
  const hasSecret = receiver.secret !== undefined;
  if (needsSecret(receiver) && !hasSecret && !hasConfig) {
    problems.push([
      `${key}.secret`,
      `is missing: name a Secret and its key, or pulumi config set --secret --path 'alertSecrets["${name}"]'`,
    ]);
  }
  if (!needsSecret(receiver) && (hasSecret || hasConfig)) {
    problems.push([`${key}.username`, "is missing: there is a password for it"]);
  }
  if (hasSecret && hasConfig) {
    problems.push([`alertSecrets.${name}`, `and ${key}.secret are both set: leave one of them out`]);
  } else if (secret?.isUrl === false && byUrl.includes(receiver.type)) {
    problems.push([`alertSecrets.${name}`, "is [secret]: must be an http or https URL"]);
  }
  return problems;
}
