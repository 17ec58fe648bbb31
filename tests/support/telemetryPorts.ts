import type { LocalPorts } from "../../sandbox/telemetry/loopback.ts";

/** Fourteen ports in a row from the first one, apart from the ones that users know. */
export function portsFrom(first: number): LocalPorts {
  const row = (keys: number[], start: number) => Object.fromEntries(keys.map((key, index) => [key, start + index]));
  return {
    collector: row([4317, 4318, 8888, 8889, 13133], first),
    jaeger: row([4317, 4318, 8888, 16685, 16686], first + 5),
    prometheus: first + 10,
    app: first + 11,
    upstream: first + 12,
  };
}
