import { homedir } from "node:os";
import path from "node:path";
import { type CommandLine, commandLines } from "../cli/commandLines.ts";

/**
 * Providers whose engine is gone: what they still do, such as installing a release, nobody writes down. The engine is known by
 * its name, the providers by the folder that it starts them from.
 *
 * @param home PULUMI_HOME
 * @param processes all processes of the machine
 */
export function survivingProviders(
  home = process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi"),
  processes: readonly CommandLine[] = commandLines(),
): number[] {
  const isEngine = ({ command }: CommandLine) => /^(\S*\/)?pulumi( |$)/.test(command);
  const engines = new Set(processes.filter(isEngine).map(({ pid }) => pid));
  const providers = processes.filter(({ command }) => command.startsWith(`${home}/plugins/`));
  return providers.filter(({ parent }) => !engines.has(parent)).map(({ pid }) => pid);
}
