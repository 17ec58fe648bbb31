import { units } from "../../dashboards/kit/units.ts";

const binary = ["B", "KiB", "MiB", "GiB", "TiB"];
const decimal = ["", "k", "M", "G"];

/**
 * A value as Grafana writes it for a unit, so that a picture reads like the dashboard.
 *
 * @param unit one of the dashboards' units
 * @param decimals of a share. @default - three digits in all
 */
export function formatValue(value: number, unit: string, decimals?: number): string {
  switch (unit) {
    case units.milliseconds:
      return value === 0 ? "0 ms" : duration(value / 1000);
    case units.seconds:
      return value === 0 ? "0 s" : duration(value);
    case units.ratio:
      return `${decimals === undefined ? short(value * 100) : (value * 100).toFixed(decimals)} %`;
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

/** Names of times, with the seconds from which each reads better than the one before. */
const times = [
  { name: "ms", seconds: 0.001, from: 0 },
  { name: "s", seconds: 1, from: 1 },
  { name: "min", seconds: 60, from: 120 },
  { name: "h", seconds: 3600, from: 7200 },
  { name: "d", seconds: 86_400, from: 172_800 },
] as const;

function duration(value: number): string {
  const { name, seconds } = times.findLast(({ from }) => Math.abs(value) >= from) ?? times[0];
  return `${short(value / seconds)} ${name}`;
}

function scaled(value: number, base: number, names: readonly string[]): string {
  const size = Math.abs(value);
  const power = size < base ? 0 : Math.min(names.length - 1, Math.floor(Math.log(size) / Math.log(base)));
  return `${short(value / base ** power)} ${names[power] ?? ""}`;
}

/** Three digits, without zeros at the end. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
