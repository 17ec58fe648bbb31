/** The queries of Elasticsearch that Jaeger asks, over documents in memory. */

/** A document as it was sent, and the index that it is in. */
export interface Document {
  readonly index: string;
  readonly source: object;
}

type Query =
  | { readonly term: Readonly<Record<string, unknown>> }
  | { readonly match: Readonly<Record<string, { readonly query: unknown }>> }
  | { readonly range: Readonly<Record<string, { readonly gte: number; readonly lte: number }>> }
  | { readonly bool: { readonly must: Query | readonly Query[] } };

/** The body of a search. */
export interface Search {
  readonly query?: Query;
  readonly size: number;
  /** Values from which on documents are wanted, which are sorted by `startTime`. */
  readonly search_after?: readonly [number];
  readonly aggregations?: Readonly<
    Record<string, { readonly terms: { readonly field: string; readonly size: number } }>
  >;
}

/**
 * What a search finds.
 *
 * @throws for a query that Jaeger is not known to ask
 */
export function found(documents: readonly Document[], { query, size, search_after, aggregations = {} }: Search) {
  const matching = documents.filter(({ source }) => query === undefined || matches(source, query));
  const time = ({ source }: Document) => Number(valueAt(source, "startTime"));
  const after = matching.filter((document) => search_after === undefined || time(document) > search_after[0]);
  const hits = after
    .toSorted((one, other) => time(one) - time(other))
    .slice(0, size)
    .map(({ index, source }) => ({ _index: index, _source: source, sort: [time({ index, source })] }));
  const groups = Object.entries(aggregations).map(([name, { terms }]) => [name, { buckets: buckets(matching, terms) }]);
  return {
    status: 200,
    hits: { total: { value: matching.length, relation: "eq" }, hits },
    aggregations: Object.fromEntries(groups) as object,
  };
}

function buckets(documents: readonly Document[], { field, size }: { field: string; size: number }) {
  const counts = new Map<unknown, number>();
  for (const { source } of documents) {
    const key = valueAt(source, field);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].slice(0, size).map(([key, count]) => ({ key, doc_count: count }));
}

function matches(source: object, query: Query): boolean {
  if ("bool" in query) {
    const { must } = query.bool;
    return [must].flat().every((inner) => matches(source, inner));
  }
  const [kind = "", condition = {}] = Object.entries(query)[0] ?? [];
  const [field = "", wanted] = Object.entries(condition as Record<string, unknown>)[0] ?? [];
  const value = valueAt(source, field);
  switch (kind) {
    case "term":
      return value === wanted;
    case "match":
      return value === (wanted as { query: unknown }).query;
    case "range": {
      const { gte, lte } = wanted as { gte: number; lte: number };
      return Number(value) >= gte && Number(value) <= lte;
    }
    default:
      throw new Error(`nothing here answers a query of the kind "${kind}"`);
  }
}

/** A value by its path with dots. */
function valueAt(source: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], source);
}
