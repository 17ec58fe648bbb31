import { units } from "../../dashboards/kit/units.ts";

const binary = ["B", "KiB", "MiB", "GiB", "TiB"];
const decimal = ["", "k", "M", "G"];

/**
 * A value as Grafana writes it for a unit, so that a picture reads like the dashboard.
 *
 * @param unit one of the dashboards' units
 */
export function formatValue(value: number, unit: string): string {
  switch (unit) {
    case units.milliseconds:
      return value === 0 ? "0 ms" : formatValue(value / 1000, units.seconds);
    case units.seconds:
      if (value === 0) return "0 s";
      if (value < 1) return `${short(value * 1000)} ms`;
      return value < 120 ? `${short(value)} s` : `${short(value / 60)} min`;
    case units.ratio:
      return `${short(value * 100)} %`;
    case units.bytes:
      return scaled(value, 1024, binary);
    case units.bytesPerSecond:
      return `${scaled(value, 1024, binary)}/s`;
    case units.requestsPerSecond:
      return `${short(value)} req/s`;
    case units.perSecond:
      return `${scaled(value, 1000, decimal).trimEnd()}/s`;
    default:
      return scaled(value, 1000, decimal).trimEnd();
  }
}

function scaled(value: number, base: number, names: readonly string[]): string {
  const power = value < base ? 0 : Math.min(names.length - 1, Math.floor(Math.log(value) / Math.log(base)));
  return `${short(value / base ** power)} ${names[power] ?? ""}`;
}

/** Three digits, without zeros at the end. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
