import { parse, TomlError } from "smol-toml";
import { z } from "zod";
import { UserError } from "../../cli/errors.ts";

/**
 * Parses TOML and checks its shape.
 *
 * @throws UserError with file, line and column, or with the key that is of another kind
 */
export function parseToml<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    throw new UserError(`${file} line ${error.line} column ${error.column}: ${reason}`);
  }
  return checked(file, content, schema);
}

/**
 * Parses JSON and checks its shape.
 *
 * @throws UserError with file and, where the parser gives it, line and column, or with the key that is of another kind
 */
export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file}: is no JSON: ${(error as Error).message}`);
  }
  return checked(file, content, schema);
}

function checked<T>(file: string, content: unknown, schema: z.ZodType<T>): T {
  const { success, data, error } = schema.safeParse(content);
  if (success) return data;
  const [issue] = error.issues;
  const key = issue?.path.join(".") ?? "";
  throw new UserError(`${file}: ${key === "" ? "" : `${key}: `}${issue?.message ?? "is of another kind"}`);
}
