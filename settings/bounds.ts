import { z } from "zod";
import { burnRates, windows } from "./windows.ts";
import { mebibytes } from "./quantities.ts";
import { durationSeconds } from "./duration.ts";

/**
 * Forms of single settings, and the bounds within which the platform works: the messages say why.
 */

const quantityForm = /^[1-9]\d*(Mi|Gi|Ti)$/;
const durationForm = /^[1-9]\d*(s|m|h|d)$/;

/** What has another form is not compared with a bound as well. */
const form = (message: string) => ({ message, abort: true });

/** An integer within bounds, which its message names. */
export const integer = (from: number, to: number) =>
  z.int().min(from, `an integer from ${from} to ${to}`).max(to, `an integer from ${from} to ${to}`);

export const quantity = z.string().regex(quantityForm, form("a quantity such as 512Mi or 10Gi"));

export const optionalQuantity = z.string().regex(/^([1-9]\d*(Mi|Gi|Ti))?$/, "empty, or a quantity such as 10Gi");

const label = "[a-zA-Z0-9_](?:[a-zA-Z0-9_-]*[a-zA-Z0-9_])?";
const name = `${label}(?:\\.${label})*`;
/** A host with a port or without: its name, or an address, which of IPv6 stands in brackets. */
export const hostForm = `(?:${name}|\\[[\\da-fA-F:.]+\\])(?::[1-9]\\d*)?`;

// What programs in Go take as a URL. URLs stand in custom resources and outputs, where a login must not be read.
const urlForm = new RegExp(`^https?://${hostForm}(?:[/?](?:[\\w.~:/?[\\]@!$&'()*+,;=-]|%[\\da-fA-F]{2})*)?$`);

/** A URL; not every text of its form is one, such as one with port 70000. */
const isUrl = (text: string) => urlForm.test(text) && URL.canParse(text);

/** A URL that is asked for as it stands. */
export const url = z.string().refine(isUrl, "a URL without a login such as https://example.org");

/** A URL that is asked for as it stands, over TLS. */
export const optionalHttpsUrl = z
  .string()
  .refine(
    (text) => text === "" || (isUrl(text) && text.startsWith("https://")),
    "empty, or an https URL without a login such as https://login.example.org",
  );

/** What paths are put behind: without a query, and without a slash at its end. */
export const optionalBaseUrl = z
  .string()
  .refine(
    (text) => text === "" || (isUrl(text) && !text.includes("?")),
    "empty, or a URL without a login and a query such as https://example.org",
  )
  .overwrite((text) => text.replace(/\/+$/, ""));

/** Whether a text is host:port, with a port that there is; an address of IPv6 stands in brackets. */
export function isHostPort(text: string): boolean {
  return /:\d+$/.test(text) && new RegExp(`^${hostForm}$`).test(text) && URL.canParse(`tcp://${text}`);
}

const dnsLabel = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
/** Names as Kubernetes gives them to most objects: labels of DNS with dots between them. */
export const objectNameForm = `${dnsLabel}(?:\\.${dnsLabel})*`;
const objectName = new RegExp(`^(?=.{1,253}$)${objectNameForm}$`);

/** A host as DNS and certificates have it. */
export const hostName = z.string().refine(isHostName, "a host name such as grafana.example.org");

/** Whether it has two labels or more, of 63 characters at most, and is no address: the last label is a word. */
function isHostName(text: string): boolean {
  const labels = text.split(".");
  const isShort = labels.every(({ length }) => length <= 63);
  return labels.length > 1 && objectName.test(text) && isShort && /[a-z]/.test(labels.at(-1) ?? "");
}

export const secretName = z.string().regex(objectName, "the name of a Secret");

/** Where a Secret may be left out. */
export const optionalSecretName = z
  .string()
  .refine((text) => text === "" || objectName.test(text), "empty, or the name of a Secret");

/** A list in which nothing stands twice. */
export const distinct = <T extends z.ZodType<string>>(element: T) =>
  z.array(element).refine((list) => new Set(list).size === list.length, "a list in which nothing stands twice");

/** What runtimes take between two slashes of an image's name. */
export const imagePart = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";

/** What has neither a dot nor a port is no host, but the first part of the path. */
const imageHost = `(?=[^/]*[.:]|localhost/)${hostForm}`;

/** An image that is the same tomorrow. */
export const image = z
  .string()
  .regex(
    new RegExp(
      `^(?:${imageHost}/)?${imagePart}(?:/${imagePart})*(?::(?!latest$)\\w[\\w.-]{0,127}|(?::\\w[\\w.-]{0,127})?@sha256:[0-9a-f]{64})$`,
    ),
    "an image in small letters with a tag or a digest, not latest, such as registry.example.org/python-api:0.1.0",
  );

/** A memory limit of a container, and the least with which its program starts and has room for what it is there for. */
export const memoryLimit = (least: string) =>
  quantity.refine(
    (text) => mebibytes(text) >= mebibytes(least),
    `${least} or more: its program does not run with less`,
  );

/** The volume of a Prometheus: it keeps 85 % of it for samples, and its write-ahead log alone takes some hundred MiB. */
export const prometheusVolume = z
  .string()
  .regex(/^([1-9]\d*(Mi|Gi|Ti))?$/, form("empty, or a quantity such as 10Gi"))
  .refine(
    (text) => text === "" || mebibytes(text) >= 1024,
    "empty, or 1Gi or more: there is no room for samples in less",
  );

const [shortestWindow] = windows.fast;

/**
 * Seconds between two samples: every rule reads windows from `5m` on, and a rate of fewer than four samples in them is none as soon as
 * one is missing.
 */
const longestInterval = durationSeconds(shortestWindow) / 4;
const reason = `every rule reads ${durationSeconds(shortestWindow) / 60} minutes, and needs four samples in them`;

/**
 * Seconds of an export and a scrape together: a scrape shows what was exported last, so that two samples can be so far apart. Two of them
 * are in a window also where one comes a quarter too late.
 */
export const longestTogether = durationSeconds(shortestWindow) / 2 / 1.25;

/** Time between two scrapes. */
export const scrapeInterval = z
  .string()
  .regex(durationForm, form("a duration such as 30s, 12h or 7d"))
  .refine((text) => durationSeconds(text) <= longestInterval, `${longestInterval}s or less: ${reason}`);

/** Seconds between two exports. */
export const exportInterval = z
  .int()
  .min(1, `an integer from 1 to ${longestInterval}`)
  .max(longestInterval, `an integer from 1 to ${longestInterval}: ${reason}`);

/** The longest window that an urgent alert on an error budget reads. */
const longestUrgentWindow = burnRates
  .filter(({ severity }) => severity === "critical")
  .flatMap((rate) => rate.windows.map(({ long }) => long))
  .reduce((longest, window) => (durationSeconds(window) > durationSeconds(longest) ? window : longest));

/** How long samples are kept. */
export const retention = z
  .string()
  .regex(durationForm, form("a duration such as 30s, 12h or 7d"))
  .refine(
    (text) => durationSeconds(text) >= durationSeconds(longestUrgentWindow),
    `${longestUrgentWindow} or more: the urgent alerts on error budgets look back so far`,
  );
