import { mkdirSync, openSync, writeSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32c } from "./crc32c.ts";
import { type Sample, signedVarint, varint, xorChunk } from "./xorChunk.ts";

/**
 * A block of Prometheus' storage, written without Prometheus: `promtool` reads text, which takes minutes for a service and its three
 * days.
 *
 * @see https://github.com/prometheus/prometheus/tree/main/tsdb/docs/format
 */

/** A series; many share their samples. */
export interface BlockSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: Pattern;
}

/** Samples as the storage has them. */
export interface Pattern {
  readonly chunks: readonly { readonly from: number; readonly to: number; readonly bytes: Buffer }[];
  readonly count: number;
}

/** As many as Prometheus puts into one. */
const samplesPerChunk = 120;

/** Encodes samples once, for all series that have them. */
export function pattern(samples: readonly Sample[]): Pattern {
  const parts = Array.from({ length: Math.ceil(samples.length / samplesPerChunk) }, (_, index) =>
    samples.slice(index * samplesPerChunk, (index + 1) * samplesPerChunk),
  );
  const chunks = parts.map((part) => {
    const data = Buffer.concat([Buffer.from([XOR]), xorChunk(part)]);
    const bytes = Buffer.concat([varint(data.length - 1), data, checksum(data)]);
    return { from: part[0]?.[0] ?? 0, to: part.at(-1)?.[0] ?? 0, bytes };
  });
  return { chunks, count: samples.length };
}

const XOR = 1;

/**
 * Writes a block.
 *
 * @param folder of the storage; the block gets a folder of its own in it
 * @param series in any order, each once
 */
export function writeBlock(folder: string, series: readonly BlockSeries[]): void {
  const block = join(folder, ulid);
  mkdirSync(join(block, "chunks"), { recursive: true });
  const sorted = series.map((one) => ({ ...one, pairs: Object.entries(one.labels).sort(byName) })).sort(byLabels);
  const chunks = new FileWriter(join(block, "chunks/000001"));
  chunks.write(Buffer.from([0x85, 0xbd, 0x40, 0xdd, 1, 0, 0, 0]));
  const index = new FileWriter(join(block, "index"));
  index.write(Buffer.from([0xba, 0xaa, 0xd7, 0x00, 2]));
  const symbols = [...new Set(["", ...sorted.flatMap(({ pairs }) => pairs.flat())])].sort(bytewise);
  const numbers = new Map(symbols.map((symbol, number) => [symbol, number]));
  const symbolsAt = index.section([uint32(symbols.length), ...symbols.map(text)]);
  const seriesAt = index.align(16);
  const postings = new Map<string, { pair: readonly [string, string]; ids: number[] }>();
  const post = (pair: readonly [string, string], id: number) => {
    const key = pair.join("\0");
    const list = postings.get(key) ?? { pair, ids: [] };
    list.ids.push(id);
    postings.set(key, list);
  };
  for (const { pairs, samples } of sorted) {
    const id = index.align(16) / 16;
    for (const pair of [["", ""] as const, ...pairs]) post(pair, id);
    const entry = [varint(pairs.length), ...pairs.flat().map((symbol) => varint(numbers.get(symbol) ?? 0))];
    entry.push(varint(samples.chunks.length));
    let last: { readonly to: number; readonly at: number } | undefined;
    for (const { from, to, bytes } of samples.chunks) {
      const at = chunks.write(bytes);
      if (last === undefined) entry.push(signedVarint(from), varint(to - from), varint(at));
      else entry.push(varint(from - last.to), varint(to - from), signedVarint(at - last.at));
      last = { to, at };
    }
    const content = Buffer.concat(entry);
    index.write(Buffer.concat([varint(content.length), content, checksum(content)]));
  }
  const lists = [...postings.values()].sort((a, b) => bytewise(a.pair[0], b.pair[0]) || bytewise(a.pair[1], b.pair[1]));
  const postingsAt = index.align(4);
  const table = lists.map(({ pair, ids }) => {
    index.align(4);
    const at = index.section([uint32(ids.length), ...ids.map(uint32)]);
    return Buffer.concat([varint(2), text(pair[0]), text(pair[1]), varint(at)]);
  });
  const tableAt = index.section([uint32(table.length), ...table]);
  const contents = Buffer.concat([symbolsAt, seriesAt, 0, 0, postingsAt, tableAt].map(uint64));
  index.write(Buffer.concat([contents, checksum(contents)]));
  index.close();
  chunks.close();
  writeFileSync(join(block, "meta.json"), JSON.stringify(meta(series)));
}

/** Any will do: there is one block. */
const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

function meta(series: readonly BlockSeries[]): object {
  const chunks = series.flatMap(({ samples }) => [samples.chunks[0], samples.chunks.at(-1)]);
  const times = chunks.flatMap((chunk) => (chunk === undefined ? [] : [chunk.from, chunk.to]));
  const sum = (count: (one: BlockSeries) => number) => series.reduce((total, one) => total + count(one), 0);
  return {
    ulid,
    minTime: times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY),
    // It is excluded.
    maxTime: times.reduce((most, time) => Math.max(most, time), 0) + 1,
    stats: {
      numSamples: sum(({ samples }) => samples.count),
      numSeries: series.length,
      numChunks: sum(({ samples }) => samples.chunks.length),
    },
    compaction: { level: 1, sources: [ulid] },
    version: 1,
  };
}

type Pairs = readonly (readonly [string, string])[];

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return bytewise(a, b);
}

function byLabels({ pairs: a }: { pairs: Pairs }, { pairs: b }: { pairs: Pairs }): number {
  for (const [index, [name, value]] of a.entries()) {
    const [otherName, otherValue] = b[index] ?? ["", ""];
    if (b[index] === undefined) return 1;
    const order = bytewise(name, otherName) || bytewise(value, otherValue);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** All labels here are ASCII. */
function bytewise(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function checksum(data: Buffer): Buffer {
  return uint32(crc32c(data));
}

/** A file that is written from its beginning to its end. */
class FileWriter {
  #file: number;
  #at = 0;
  #waiting: Buffer[] = [];
  #size = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  /** @returns where it is */
  write(data: Buffer): number {
    const at = this.#at;
    this.#waiting.push(data);
    this.#at += data.length;
    this.#size += data.length;
    if (this.#size > 2 ** 24) this.#flush();
    return at;
  }

  /** Content with its length before and its checksum behind. */
  section(parts: readonly Buffer[]): number {
    const content = Buffer.concat(parts);
    return this.write(Buffer.concat([uint32(content.length), content, checksum(content)]));
  }

  /** Fills up to a multiple of so many bytes. */
  align(bytes: number): number {
    const missing = (bytes - (this.#at % bytes)) % bytes;
    if (missing > 0) this.write(Buffer.alloc(missing));
    return this.#at;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    const data = Buffer.concat(this.#waiting);
    for (let at = 0; at < data.length;) at += writeSync(this.#file, data, at);
    this.#waiting = [];
    this.#size = 0;
  }
}
