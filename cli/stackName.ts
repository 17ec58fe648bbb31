import { UsageError } from "./command.ts";

/**
 * The value of the flag `--stack`: the name becomes part of file and Secret names.
 *
 * @throws UsageError for any other text
 */
export function parseStack(text: string): string {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(text)) return text;
  throw new UsageError(`--stack "${text}": allowed are letters, digits, "-", "_" and "."`);
}
