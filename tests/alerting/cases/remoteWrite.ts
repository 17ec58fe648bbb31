import { type AlertCases, constant, counter } from "./alertCase.ts";
import { about, prometheus } from "./monitoring.ts";

const store = `${prometheus},remote_name="a",url="https://store.example.org/write"`;
const otherStore = store.replaceAll("store.", "other.");

const lost = (count: number) =>
  about(
    "critical",
    "prometheus-0 loses samples on their way to a store elsewhere",
    `${count} samples of prometheus-0 were refused by https://store.example.org/write, or too old to be sent, within 10 minutes: it never gets them`,
    { pod: "prometheus-0", url: "https://store.example.org/write" },
  );

const remote = (name: string, labels: string) => `prometheus_remote_storage_${name}{${labels}}`;

export const remoteWriteCases: AlertCases = {
  RemoteWriteFailed: ["failed", "dropped"]
    .map((losing) => ({
      when: `samples are ${losing}, of one store`,
      series: Object.fromEntries(
        ["failed", "dropped"].flatMap((name) => [
          [remote(`samples_${name}_total`, store), name === losing ? counter([0, 3], [2, 40]) : constant(0, 43)],
          [remote(`samples_${name}_total`, otherStore), constant(0, 43)],
        ]),
      ),
      at: { "18m": [], "20m": [lost(20)], "30m": [lost(20)] },
    }))
    .concat([
      {
        when: "all samples are refused: nothing is dropped, and no counter says so",
        series: { [remote("samples_failed_total", store)]: counter([0, 3], [2, 40]) },
        at: { "18m": [], "20m": [lost(20)], "30m": [lost(20)] },
      },
    ]),
  RemoteWriteBehind: [
    {
      when: "a store stops taking samples, and the other goes on",
      series: Object.fromEntries(
        [store, otherStore].flatMap((labels) => [
          [remote("queue_highest_timestamp_seconds", labels), counter([60, 60])],
          [
            remote("queue_highest_sent_timestamp_seconds", labels),
            labels === store ? counter([60, 10], [0, 50]) : counter([60, 60]),
          ],
        ]),
      ),
      at: {
        "27m": [],
        "30m": [
          about(
            "warning",
            "prometheus-0 is behind with its samples for a store elsewhere",
            "What https://store.example.org/write has of prometheus-0 is 20m 0s old; after about two hours samples are lost",
            { pod: "prometheus-0", url: "https://store.example.org/write" },
          ),
        ],
      },
    },
  ],
};
