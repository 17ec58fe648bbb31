import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";

describe("the settings of logs", () => {
  for (const [what, config, message] of [
    [
      "logs for nobody",
      { parts: '{"logs": false}', logs: '{"otlpEndpoint": "https://logs.example"}' },
      "logs.otlpEndpoint is set, but parts.logs is false: nothing would send logs there; set parts.logs to true",
    ],
    [
      "events that nothing would keep",
      { parts: '{"logs": false}', logs: '{"kubernetesEvents": true}' },
      "logs.kubernetesEvents is true, but parts.logs is false: events are log records, which nothing would keep; set parts.logs to true",
    ],
    [
      "a page of logs that nothing is sent to",
      { logs: '{"url": "https://logs.example"}' },
      "logs.url is for a store elsewhere: set logs.otlpEndpoint to where it takes OTLP/HTTP, or leave it empty",
    ],
    [
      "a retention in hours",
      { logs: '{"retention": "48h"}' },
      'logs.retention is "48h": must be a number of days such as 7d',
    ],
    [
      "a folder that is not absolute",
      { logs: '{"nodeFolder": "logs"}' },
      'logs.nodeFolder is "logs": must be empty, or a folder such as /var/lib/logs',
    ],
    [
      "a folder by way of the one above, which no pod may mount",
      { logs: '{"nodeFolder": "/var/../logs"}' },
      'logs.nodeFolder is "/var/../logs": must be empty, or a folder such as /var/lib/logs',
    ],
    [
      "a pattern that the collector does not take",
      { masking: '{"patterns": ["a(?=b)"]}' },
      'masking.patterns.0 is "a(?=b)": must be a regular expression of RE2, without (?=, (?!, (?<=, \\1, that matches no empty text',
    ],
  ] as const)
    it(`refuse ${what} in one line`, () => {
      assert.throws(() => parseSettings(config), { message: `fluffy-observability:${message}` });
    });
});
