import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../settings/read.ts";

/** What the stack's state holds, by URN: types and outputs of its resources. */
export type StackState = Readonly<Record<string, { readonly type?: unknown; readonly outputs?: unknown }>>;

/**
 * Asks the engine what the stack had before this run; only where something is off that it may have had.
 *
 * @returns nothing for a stack that is new, where everything is on or was by its outputs, and in a preview before the first `up` that
 *   succeeded
 */
export async function readStackState(settings: Pick<Settings, "parts" | "jaegerEngine">): Promise<StackState> {
  const { parts, jaegerEngine } = settings;
  if (Object.values(parts).every(Boolean) && jaegerEngine === "operator") return {};
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  // The engine ends by a fault when it is asked for the resources of a stack that has no state. An up has one: the engine saves the
  // stack itself before it runs the program. A preview has one for certain only after an up that succeeded.
  if (pulumi.runtime.isDryRun()) {
    const last = await read<LastOutputs>("readStackOutputs", { name: stackName });
    if (Object.keys(last).length === 0) return {};
    // The whole state is a megabyte and takes a sixth of a preview. An up reads it all the same: another one may have failed since.
    const { versions } = last;
    if (canLookMeanwhile(settings) && versions !== undefined && versions["jaegerOperator"] === undefined) return {};
  }
  return read<StackState>("readStackResourceOutputs", { stackName });
}

/** Whether the program can go on while the engine looks: a preview changes nothing, and no namespace depends on the state. */
export function canLookMeanwhile({ parts }: Pick<Settings, "parts">): boolean {
  return pulumi.runtime.isDryRun() && Object.values(parts).every(Boolean);
}

/** Of the outputs: what the stack has installed, where every part is on but perhaps the Jaeger operator. */
interface LastOutputs {
  readonly versions?: Readonly<Record<string, string>>;
}

/** What the engine knows of the stack's last update. */
async function read<Outputs>(what: string, of: Readonly<Record<string, string>>): Promise<Outputs> {
  const { outputs } = (await pulumi.runtime.invoke(`pulumi:pulumi:${what}`, of)) as { outputs: Outputs };
  return outputs;
}
