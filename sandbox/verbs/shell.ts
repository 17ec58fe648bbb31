import path from "node:path";
import { shellQuote } from "../../catalog/shellQuote.ts";
import { existingStack } from "../engine/connection.ts";
import { ownVariables } from "../engine/home.ts";
import { commandLine } from "../options.ts";
import type { Session } from "../session.ts";

/** Prints what a shell needs to run `pulumi` itself on the stack. */
export async function shell(session: Session): Promise<void> {
  const { options, paths, print } = session;
  const { engine, folder } = await existingStack(session);
  const own = commandLine("shell", options).replace("npm run", "npm run --silent");
  print(`# in your shell: eval "$(${own})"`);
  print(
    `# then e.g.: pulumi stack output --stack ${options.stack}, pulumi refresh, pulumi stack export, pulumi cancel`,
  );
  print("# preview and up also need the official language host: the folder of pulumi-language-nodejs on PATH");
  for (const [name, value] of Object.entries(ownVariables(engine, paths))) print(`export ${name}=${shellQuote(value)}`);
  print(`export PATH=${shellQuote(path.join(engine.home, "bin"))}:"$PATH"`);
  print(`cd ${shellQuote(folder)}`);
}
