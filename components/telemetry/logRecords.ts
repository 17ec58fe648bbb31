import { quoted } from "./ottl.ts";

/**
 * Makes log records fit for the store, which drops what is too large, answers 200 and counts nothing: names over 128 bytes, records over
 * 2 MiB.
 */

/** Marks what was cut; it is counted. */
export const truncatedAttribute = "log.truncated";

/** Bytes of the longest text of a record. */
export const longestBody = 1_048_576;

/** Together with the longest text, and names of `longestName`, below 2 MiB. */
const bounds = {
  resource: { entries: 32, bytes: 4_096 },
  scope: { entries: 16, bytes: 1_024 },
  log: { entries: 64, bytes: 12_288 },
} as const;

/** Letters of an attribute's name; one that is not ASCII is replaced, so that they are bytes as well. */
const longestName = 120;

/** What must not be lost where there are too many attributes. */
const identity = [
  ...["service.name", "service.namespace", "service.instance.id", "k8s.namespace.name", "k8s.deployment.name"],
  ...["k8s.pod.name", "k8s.container.name", "k8s.node.name"],
];

/** Names of the store's own fields, and of the resource's: an attribute of the record would stand in their place. */
const taken = "^(_msg|_time|_stream|_stream_id|trace_id|span_id|severity_text|severity_number|k8s[.].*|service[.].*)$";

const renamed = (pattern: string, replacement: string) =>
  `replace_all_patterns(attributes, "key", ${quoted(pattern)}, ${quoted(replacement)})`;

const names = [renamed("[^ -~]", "_"), renamed(`^(.{${longestName}}).+$`, "${1}")];

const bounded = ({ entries, bytes }: { entries: number; bytes: number }, kept: readonly string[] = []) => [
  ...names,
  `truncate_all(attributes, ${bytes})`,
  `limit(attributes, ${entries}, [${kept.map(quoted).join(", ")}])`,
];

/** Cuts the text of a record and marks it. */
export const cutBody: readonly string[] = [
  `set(attributes["${truncatedAttribute}"], true) where Len(body) > ${longestBody}`,
  `set(body, Substring(body, 0, ${longestBody}, true)) where Len(body) > ${longestBody}`,
];

/** The processor for records that applications send. */
export const logRecords = {
  error_mode: "ignore",
  log_statements: [
    { context: "resource", statements: ["flatten(attributes)", ...bounded(bounds.resource, identity)] },
    { context: "scope", statements: ["flatten(attributes)", ...bounded(bounds.scope)] },
    {
      context: "log",
      statements: [
        "set(body, String(body)) where IsMap(body) or IsList(body)",
        ...cutBody,
        // Nested names are put together by the store.
        "flatten(attributes)",
        renamed(taken, "log.${1}"),
        ...bounded(bounds.log, [truncatedAttribute]),
      ],
    },
  ],
};
