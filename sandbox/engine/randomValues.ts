import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Arguments of a resource, or its state. */
export type Inputs = Record<string, unknown>;

/** A new resource: its id and its state, in the shape of the official provider. */
export interface Made {
  id: string;
  outs: Inputs;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const NUMERIC = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/**
 * Makes what a resource of the random provider stands for. A password has no `bcryptHash`: Node has no bcrypt, and nothing
 * here reads it.
 *
 * @param type as "random:index/randomPassword:RandomPassword"
 * @throws Error for another type, or arguments that cannot be fulfilled
 */
export function makeRandom(type: string, inputs: Inputs): Made {
  switch (type.split(":").at(-1)) {
    case "RandomPassword":
      return { id: "none", outs: { ...textState(inputs), result: randomText(inputs) } };
    case "RandomString": {
      const result = randomText(inputs);
      return { id: result, outs: { ...textState(inputs), result } };
    }
    case "RandomId":
      return makeId(inputs);
    case "RandomUuid": {
      const result = randomUUID();
      return { id: result, outs: { ...inputs, result } };
    }
    default:
      throw new Error(
        `${type}: only RandomPassword, RandomString, RandomId and RandomUuid: others need the official provider`,
      );
  }
}

function makeId(inputs: Inputs): Made {
  const { prefix = "" } = inputs as { prefix?: string };
  const bytes = randomBytes(wholeNumber("byteLength", inputs.byteLength, 1));
  const id = bytes.toString("base64url");
  const outs = {
    ...inputs,
    b64Std: prefix + bytes.toString("base64"),
    b64Url: prefix + id,
    dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
    hex: prefix + bytes.toString("hex"),
  };
  return { id, outs };
}

/** Each kind of character is in unless it is switched off. */
function textState(inputs: Inputs): Inputs {
  const numeric = inputs.numeric ?? inputs.number ?? true;
  const counts = { minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 };
  return { lower: true, upper: true, special: true, ...counts, ...inputs, number: numeric, numeric };
}

/** Draws a text: first the characters that must be in, then any, then shuffled. */
function randomText(inputs: Inputs): string {
  const state = textState(inputs);
  const special = typeof state.overrideSpecial === "string" ? state.overrideSpecial : SPECIAL;
  const classes = [
    { on: state.lower, characters: LOWER, min: Number(state.minLower) },
    { on: state.upper, characters: LOWER.toUpperCase(), min: Number(state.minUpper) },
    { on: state.numeric, characters: NUMERIC, min: Number(state.minNumeric) },
    { on: state.special, characters: special, min: Number(state.minSpecial) },
  ].filter(({ on }) => on !== false);
  if (classes.length === 0) throw new Error("every kind of character is switched off: leave one on");
  const least = classes.reduce((sum, { min }) => sum + min, 0);
  const length = wholeNumber("length", state.length, Math.max(1, least));
  const drawn = classes.flatMap(({ characters, min }) => Array.from({ length: min }, () => draw(characters)));
  const any = classes.map(({ characters }) => characters).join("");
  while (drawn.length < length) drawn.push(draw(any));
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] ?? "", drawn[last] ?? ""];
  }
  return drawn.join("");
}

function draw(characters: string): string {
  return characters[randomInt(characters.length)] ?? "";
}

function wholeNumber(name: string, value: unknown, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${name} ${String(value)}: must be a whole number of at least ${least}`);
}
