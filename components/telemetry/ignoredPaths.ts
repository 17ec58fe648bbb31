/**
 * Requests that nobody wants to see, such as health checks: by the exact path of the request, so that neither a longer path nor a host
 * that holds the same word is lost.
 */

/**
 * The patterns of `OTEL_PYTHON_EXCLUDED_URLS`, one for each path. They are searched in the whole URL, or in the path alone: it depends
 * on the framework.
 *
 * @param paths such as `/healthz`: none has a comma, which would end a pattern
 */
export function pythonExcludedUrls(paths: readonly string[]): string {
  return paths.map((path) => `^(?:\\w+://[^/?#]*)?${escaped(path)}(?:[?#]|$)`).join(",");
}

function escaped(path: string): string {
  return path.replaceAll(/[.+]/g, "\\$&");
}

/** The attributes in which a server span has its path: by the stable conventions, and by those before. */
const spanPaths = ["url.path", "http.target"];

/**
 * Conditions of the collector's filter for the spans of such requests: the server's, and those below it that name the route themselves.
 * To find the others it would have to wait for the whole trace.
 */
export function ignoredSpans(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  return [
    `kind == SPAN_KIND_SERVER and (${anyOf(spanPaths, paths)})`,
    `kind == SPAN_KIND_INTERNAL and (${anyOf(["http.route"], paths)})`,
  ];
}

/** A condition of the collector's filter for their metrics, which name no path: only the route. */
export function ignoredDatapoints(paths: readonly string[]): string[] {
  return paths.length === 0 ? [] : [anyOf(["http.route"], paths)];
}

/** One pattern for all paths: what is compared one by one is looked up among a span's attributes as often as there are paths. */
function anyOf(attributes: readonly string[], paths: readonly string[]): string {
  // A backslash would have to be escaped once more.
  const pattern = paths.map((path) => path.replaceAll(/[.+]/g, "[$&]")).join("|");
  return attributes.map((attribute) => `IsMatch(attributes["${attribute}"], "^(${pattern})$")`).join(" or ");
}
