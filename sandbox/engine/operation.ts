import { pathToFileURL } from "node:url";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Stack, UpOptions } from "@pulumi/pulumi/automation/stack.js";
import { releaseType } from "../../components/operators/releaseDescription.ts";
import { UserError } from "../../cli/errors.ts";
import { ensureTools } from "../programs/tools.ts";
import { ownContext, withMirror } from "../ownSettings.ts";
import { usesProgram } from "../options.ts";
import type { Session } from "../session.ts";
import { readProject } from "../../settings/stackFile.ts";
import { connect, type Connection } from "./connection.ts";
import { EngineError } from "./command.ts";
import { type EngineHome, pulumiOf } from "./home.ts";
import { Progress } from "./progress.ts";
import { refuseOtherStack, refuseWhileUsed } from "./refusals.ts";
import { recover } from "../../recovery/recover.ts";
import { tornStates } from "../../recovery/tornState.ts";
import { isBrokenOff, type StackName, stacksOf } from "./states.ts";
import { openStack, workspaceFolder } from "./workspace.ts";

/** A stack that is about to be worked on. */
export interface Operation {
  connection: Connection;
  stack: Stack;
  /** Does something with the stack, watched; fails with the resources' and the program's own words. */
  run: <Result>(work: (watched: Watched) => Promise<Result>) => Promise<Result>;
}

/** Options of whatever the engine does: how it is told of and stopped. */
type Watched = Pick<UpOptions, "onEvent" | "color" | "signal">;

/** What `npm run recover` does for users of `pulumi`, the sandbox does by itself. */
async function endBrokenOff({ paths, report }: Session, engine: EngineHome, name: StackName): Promise<void> {
  const { kubectl } = await ensureTools(["kubectl"], paths, report);
  const folder = workspaceFolder(engine, name.project, name.stack);
  report.note(`an earlier run of stack ${name.stack} was broken off: it is ended first`);
  const print = (line: string) => {
    report.note(`  ${line}`);
  };
  const programs = { pulumi: pulumiOf(engine), kubectl, cancel: "npm run sandbox -- cancel" };
  await recover({ ...programs, context: "", folder, ...name, yes: true, print });
}

/** Opens the stack of a session for the engine: settings first, so that wrong ones fail before anything starts. */
export async function openOperation(session: Session): Promise<Operation> {
  const { options, folder, report, signal } = session;
  const read = ownContext(readProject(folder, options.stack, options));
  const project = usesProgram(options) ? await withMirror(read, session) : read;
  const connection = await connect(session);
  const { engine } = connection;
  // A copy in the place of a torn state may lack what was made since.
  for (const each of tornStates(engine.backend)) await endBrokenOff(session, engine, each);
  const stacks = stacksOf(engine);
  if (options.verb === "destroy") refuseWhileUsed(project.name, options, stacks);
  else refuseOtherStack(project.name, options, stacks);
  // One that was killed with the cluster, or by itself, comes back.
  if (options.verb !== "preview") await connection.syncOperators();

  let failure: unknown;
  const program: PulumiFn = async () => {
    process.chdir(project.folder);
    try {
      return (await import(pathToFileURL(project.program).href)) as Record<string, unknown>;
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const syncs: Promise<void>[] = [];
  const progress = new Progress(report, ({ type }) => {
    if (type !== releaseType) return;
    // A release may have brought kinds whose operators are simulated, or taken them away.
    syncs.push(connection.syncOperators());
    syncs.at(-1)?.catch(() => undefined);
  });
  const stack = await openStack(engine, project, options.stack, program);
  const own = { project: project.name, stack: options.stack };
  if (isBrokenOff(engine, stacks, own)) await endBrokenOff(session, engine, own);
  const run = async <Result>(work: (watched: Watched) => Promise<Result>) => {
    try {
      const result = await work({ onEvent: progress.take, color: "never", signal });
      await Promise.all(syncs);
      return result;
    } catch (error) {
      if (failure !== undefined) throw failure as Error;
      const lines = progress.failures.length > 0 ? progress.failures.join("\n") : undefined;
      throw error instanceof EngineError && lines !== undefined ? new UserError(lines) : error;
    } finally {
      session.changes = progress.changes;
      progress.end();
    }
  };
  return { connection, stack, run };
}
