import path from "node:path";
import { shellQuote } from "../../catalog/shellQuote.ts";
import { existingStack } from "../engine/connection.ts";
import { ownVariables, steering } from "../engine/home.ts";
import { commandLine } from "../options.ts";
import type { Session } from "../session.ts";

/** Prints what a shell needs to run `pulumi` itself on the stack. */
export async function shell(session: Session): Promise<void> {
  const { options, paths, print } = session;
  const users = steering();
  const { engine, folder } = await existingStack(session);
  const variables = ownVariables(engine, paths);
  const own = commandLine("shell", options).replace("npm run", "npm run --silent");
  print(`# in your shell: eval "$(${own})"`);
  print(
    `# then e.g.: pulumi stack output --stack ${options.stack}, pulumi refresh, pulumi stack export, pulumi cancel`,
  );
  print("# preview and up also need the official language host: the folder of pulumi-language-nodejs on PATH");
  // The engine would take a passphrase before a file with one.
  const others = new Set(["PULUMI_CONFIG_PASSPHRASE", ...users.filter((name) => !(name in variables))]);
  print(`unset ${[...others].join(" ")}`);
  for (const [name, value] of Object.entries(variables)) print(`export ${name}=${shellQuote(value)}`);
  print(`export PATH=${shellQuote(path.join(engine.home, "bin"))}:"$PATH"`);
  print(`cd ${shellQuote(folder)}`);
}
