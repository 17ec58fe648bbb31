import { maskedText } from "./masking.ts";
import { cutBody } from "./logRecords.ts";
import { quoted } from "./ottl.ts";

/**
 * How the agent reads the files that a container runtime writes: `TIME STREAM TAG TEXT` in each line, where tag P says that the text goes
 * on in the next line. The receiver's `container` operator costs three times as much as all of this.
 */

/** What stands in front of a text, up to its tag. */
const head = "2[^ ]* std(?:out|err)";

/** A traceback of Python: indented lines up to one that is not, which names the exception. */
const traceback = `Traceback[^\\n]*(?:\\n${head} F [ \\t][^\\n]*)*\\n${head} F [^ \\t\\n]`;

/**
 * Where a record begins: at a line that is not indented, nor a bracket that closes something. What belongs to it besides, a traceback up to
 * its exception and a text up to its last piece, is part of the match. A record that is not whole yet is not read: it outlives the agent.
 * It begins with a literal, by which the search is three times as fast.
 */
export const recordStart = `\\n${head} (?:F (?:${traceback}|[^ \\t\\n})\\]])|P (?:[^\\n]*\\n${head} P )*[^\\n]*\\n${head} F )`;

/** Takes away what the runtime put into a record of several lines. */
const inner = [
  `replace_pattern(body, ${quoted(`\n${head} [PF] `)}, "") where Substring(body, Index(body, " ") + 8, 1) == "P"`,
  `replace_pattern(body, ${quoted(`\n${head} [PF] ?`)}, "\n") where Index(body, "\n2") > 0`,
];

/** Takes the runtime's part off: time and stream become fields. Each statement costs what a whole search does, so there are few of them. */
const text = [
  'set(cache["end"], Index(body, " "))',
  'set(cache["from"], cache["end"] + 10)',
  'set(time, Time(Substring(body, 0, cache["end"]), "%Y-%m-%dT%H:%M:%S.%fZ"))',
  // CRI-O writes the node's offset.
  'set(time, Time(Substring(body, 0, cache["end"]), "%Y-%m-%dT%H:%M:%S.%f%j")) where time_unix_nano == 0',
  'set(attributes["log.iostream"], Substring(body, cache["end"] + 1, 6))',
  // An empty line has no text behind its tag.
  'set(body, Substring(Concat([body, "  "], ""), cache["from"], 1)) where Len(body) <= cache["from"]',
  'set(body, Substring(body, cache["from"], Len(body) - cache["from"])) where Len(body) > cache["from"]',
];

/** Severities of OpenTelemetry, 1, 5, 9 … 21, by how loggers name them. */
const severities = [["TRACE"], ["DEBUG"], ["INFO", "NOTICE"], ["WARN", "WARNING"], ["ERROR"], ["CRITICAL", "FATAL"]];

/** The names of each severity in a cell of its own: where a name stands in the row says which severity it is. */
const cell = 20;
const row = severities.map((names) => `|${names.join("|")}|`.padEnd(cell, ".")).join("");
const place = `Index("${row}", Concat(["|", cache["level"], "|"], ""))`;
const severityOfLevel = `set(severity_number, ${place} / ${cell} * 4 + 1) where cache["level"] != nil and ${place} >= 0`;

const level = quoted(`\\b(?P<level>${severities.flat().join("|")})\\b`);

/** A level in capitals near the beginning, as loggers of all languages write it. */
const severityOfText = [
  `set(cache["level"], ExtractPatterns(body, ${level})["level"]) where Len(body) <= 80`,
  `set(cache["level"], ExtractPatterns(Substring(body, 0, 80), ${level})["level"]) where Len(body) > 80`,
  severityOfLevel,
];

/** A stack trace has no level. */
const severityOfTrace = [
  'set(severity_number, 17) where HasPrefix(body, "Traceback (most recent call last)") or Index(body, "\n    at ") > 0 or Index(body, "\n\tat ") > 0',
];

const fromJson = (field: string) => `cache["json"]["${field}"]`;

/** What pino, winston and others write: ids of the trace, and a level as a word or as pino's number. */
const json = [
  'set(cache["json"], ParseJSON(body))',
  ...["trace_id", "traceId"].map(
    (field) => `set(trace_id.string, ${fromJson(field)}) where IsString(${fromJson(field)})`,
  ),
  ...["span_id", "spanId"].map((field) => `set(span_id.string, ${fromJson(field)}) where IsString(${fromJson(field)})`),
  ...["level", "severity", "levelname"].map(
    (field) => `set(cache["level"], ToUpperCase(${fromJson(field)})) where IsString(${fromJson(field)})`,
  ),
  // pino counts 10, 20 … 60 where OpenTelemetry counts 1, 5 … 21.
  `set(severity_number, Int(${fromJson("level")} / 10) * 4 - 3) where IsDouble(${fromJson("level")}) and ${fromJson("level")} >= 10 and ${fromJson("level")} <= 60`,
  severityOfLevel,
];

/** Says once for each file, and not in each line, whose it is. */
const path = `^.*/(?P<namespace>[^/_]+)_(?P<pod>[^/_]+)_(?P<uid>[^/_]+)/(?P<container>[^/]+)/(?P<restarts>[0-9]+)[.]log`;

const fromPath = {
  "k8s.namespace.name": "namespace",
  "k8s.pod.name": "pod",
  "k8s.pod.uid": "uid",
  "k8s.container.name": "container",
} as const;

const origin = [
  `merge_maps(cache, ExtractPatterns(attributes["log.file.path"], ${quoted(path)}), "upsert")`,
  ...Object.entries(fromPath).map(([attribute, group]) => `set(attributes["${attribute}"], cache["${group}"])`),
  'delete_key(attributes, "log.file.path")',
];

/**
 * The processor that makes records of the runtime's lines, masked before anything is stored.
 *
 * @param patterns of what is masked
 */
export function logLines(patterns: readonly string[]): Record<string, unknown> {
  const group = (statements: readonly string[], ...conditions: string[]) => ({
    context: "log",
    ...(conditions.length > 0 ? { conditions } : {}),
    statements: [...statements],
  });
  return {
    // A line may be anything: what does not fit it is not done, without a word for each.
    error_mode: "silent",
    log_statements: [
      { context: "resource", statements: origin },
      group(inner, 'Index(body, "\n2") > 0'),
      group([
        ...text,
        // Before it is cut: of a secret in two parts the first is none to its pattern.
        ...maskedText("body", patterns),
        ...cutBody,
        'set(severity_number, 9) where HasPrefix(body, "INFO")',
      ]),
      group(json, 'HasPrefix(body, "{")'),
      group(severityOfText, "severity_number == 0"),
      group(severityOfTrace, 'Index(body, "\n") > 0'),
    ],
  };
}

/**
 * Bytes that are read of a record, more than are kept: where one is in pieces, its beginning is known by its last. The rest of a longer one
 * is part of the line before it, and cut with that.
 */
export const longestRead = 4_194_304;
