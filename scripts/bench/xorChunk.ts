/** A sample: milliseconds since 1970 and a value. */
export type Sample = readonly [time: number, value: number];

/**
 * One chunk of a series as Prometheus' storage has it: the first times and values as they are, then differences of differences of the
 * times and the changed bits of the values.
 *
 * @param samples at most 65535, at one distance from each other
 * @see https://github.com/prometheus/prometheus/blob/main/tsdb/docs/format/chunks.md
 */
export function xorChunk(samples: readonly Sample[]): Buffer {
  const out = new BitWriter();
  out.bits(BigInt(samples.length), 16);
  let last: { readonly time: number; readonly bits: bigint; readonly delta: number } | undefined;
  let known = { leading: -1, trailing: 0 };
  for (const [time, value] of samples) {
    const bits = float64Bits(value);
    if (last === undefined) {
      out.bytes(signedVarint(time));
      out.bits(bits, 64);
      last = { time, bits, delta: 0 };
      continue;
    }
    const delta = time - last.time;
    if (last.delta === 0) out.bytes(varint(delta));
    else if (delta === last.delta) out.bits(0n, 1);
    else throw new Error(`samples at ${last.time} and ${time} are not at the distance of those before`);
    known = writeChange(out, bits ^ last.bits, known);
    last = { time, bits, delta };
  }
  return out.toBuffer();
}

/** Leading and trailing zeros of the newest change that was written with them. */
interface Zeros {
  readonly leading: number;
  readonly trailing: number;
}

function writeChange(out: BitWriter, change: bigint, known: Zeros): Zeros {
  if (change === 0n) {
    out.bits(0n, 1);
    return known;
  }
  const text = change.toString(2);
  // Five bits hold it.
  const leading = Math.min(64 - text.length, 31);
  const trailing = text.length - 1 - text.lastIndexOf("1");
  if (known.leading !== -1 && leading >= known.leading && trailing >= known.trailing) {
    out.bits(0b10n, 2);
    out.bits(change >> BigInt(known.trailing), 64 - known.leading - known.trailing);
    return known;
  }
  const significant = 64 - leading - trailing;
  out.bits(0b11n, 2);
  out.bits(BigInt(leading), 5);
  // 64 does not fit and is written as 0.
  out.bits(BigInt(significant % 64), 6);
  out.bits(change >> BigInt(trailing), significant);
  return { leading, trailing };
}

function float64Bits(value: number): bigint {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleBE(value);
  return buffer.readBigUInt64BE();
}

/** An unsigned number in groups of seven bits. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** The same of a number that may be below zero: zigzag. */
export function signedVarint(value: number): Buffer {
  return varint(value < 0 ? -2 * value - 1 : 2 * value);
}

class BitWriter {
  #bytes: number[] = [];
  #free = 0;

  bits(value: bigint, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      if (this.#free === 0) {
        this.#bytes.push(0);
        this.#free = 8;
      }
      this.#free -= 1;
      const last = this.#bytes.length - 1;
      if ((value >> BigInt(bit)) & 1n) this.#bytes[last] = (this.#bytes[last] ?? 0) | (1 << this.#free);
    }
  }

  bytes(buffer: Buffer): void {
    for (const byte of buffer) this.bits(BigInt(byte), 8);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}
