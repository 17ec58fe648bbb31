import { createHash, randomInt } from "node:crypto";
import { UserError } from "../../errors.ts";
import type { ObjectRef } from "../identity.ts";
import type { Handler, Step, StepResult, World } from "../step.ts";
import { markSecrets } from "../values.ts";
import { keptRef, readKept, writeKept } from "../kept.ts";

/** `random.RandomPassword`: made once and kept in a Secret of the sandbox's own, nowhere else. */
export const passwordHandler: Handler = {
  identity: (step, world) => ({ is: "password", secret: refOf(step, world).name }),
  apply: async (step, world) => {
    const recipe = recipeOf(step.inputs);
    const ref = refOf(step, world);
    const fingerprint = createHash("sha256")
      .update(JSON.stringify([recipe, step.inputs.keepers]))
      .digest("hex");
    const kept = await readKept(world.client, ref);
    if (kept?.fingerprint === fingerprint) return result(step, "unchanged", kept.value);
    const outcome = kept === undefined ? "created" : "updated";
    // A preview makes no password: what depends on it is known only after up.
    if (world.dryRun) return result(step, outcome, undefined);
    const value = generatePassword(recipe);
    await writeKept(world.client, ref, { value, fingerprint });
    return result(step, outcome, value);
  },
};

function refOf(step: Step, world: World): ObjectRef {
  return keptRef(world.scope, `password.${step.name}`);
}

function result(step: Step, outcome: StepResult["outcome"], value: string | undefined): StepResult {
  const outputs = value === undefined ? step.inputs : { ...step.inputs, result: value };
  return { outcome, changes: [], id: "none", outputs: markSecrets(outputs, new Set([...step.secret, "result"])) };
}

/** Kinds of characters, each with the smallest number of them; in the order that the characters are drawn. */
export interface PasswordRecipe {
  length: number;
  classes: { characters: string; min: number }[];
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const NUMERIC = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/**
 * Reads RandomPassword's arguments; every kind of character is in unless switched off.
 *
 * @throws UserError when they cannot be fulfilled.
 */
export function recipeOf(inputs: Record<string, unknown>): PasswordRecipe {
  const length = Number(inputs.length);
  const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : SPECIAL;
  const all = [
    { on: inputs.lower, characters: LOWER, min: inputs.minLower },
    { on: inputs.upper, characters: LOWER.toUpperCase(), min: inputs.minUpper },
    { on: inputs.numeric ?? inputs.number, characters: NUMERIC, min: inputs.minNumeric },
    { on: inputs.special, characters: special, min: inputs.minSpecial },
  ];
  const classes = all.flatMap(({ on, characters, min }) =>
    on === false ? [] : [{ characters, min: Number(min ?? 0) }],
  );
  const least = classes.reduce((sum, { min }) => sum + min, 0);
  if (!Number.isInteger(length) || length < Math.max(1, least) || classes.length === 0) {
    throw new UserError(`length ${String(inputs.length)}: must be a whole number of at least ${Math.max(1, least)}`);
  }
  return { length, classes };
}

/** Draws a password: first the characters that must be in, then any, then shuffled. */
export function generatePassword({ length, classes }: PasswordRecipe): string {
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
