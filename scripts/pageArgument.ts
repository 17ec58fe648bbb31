import { Argument } from "commander";
import { UsageError } from "../cli/command.ts";

/** The argument of commands that look at the page which `npm run sandbox -- open` serves. */
export function pageArgument(): Argument {
  const address = "http://127.0.0.1:8090";
  return new Argument("[page]", "address of the page").default(address).argParser((text: string) => {
    if (/^https?:\/\/[^\s/]/.test(text)) return text;
    throw new UsageError(`page "${text}": allowed is a URL such as ${address}`);
  });
}
