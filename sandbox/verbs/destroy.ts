import { inventoriesOf } from "../inventory.ts";
import { secretOutputsRef } from "../runner/secretOutputs.ts";
import { deleteObject, removeEntries } from "../runner/removal.ts";
import { lazyConnection, type Session } from "../session.ts";
import { readProject } from "../stackFile.ts";
import { countLine, NOTHING_DONE, type Summary } from "../summary.ts";

/** Removes everything that the stack has in the cluster, dependents first; leaves nothing of ours. */
export async function destroy(session: Session): Promise<Summary> {
  const { options, paths, report, signal, folder, rows, print } = session;
  const { name } = readProject(folder, options.stack, options);
  const known = inventoriesOf(paths.state).some(({ project, stack }) => project === name && stack === options.stack);
  if (!known) {
    print(`stack "${options.stack}" has nothing in this sandbox`);
    return NOTHING_DONE;
  }
  const connection = await lazyConnection(session, name)();
  const { client, inventory } = connection;
  await removeEntries(inventory.entries, connection, report, signal, rows);
  const activity = report.activity("deleting what the sandbox itself keeps in the cluster");
  await deleteObject(client, secretOutputsRef(`${name}.${options.stack}`), { activity, signal });
  inventory.delete();
  activity.drop();
  print(countLine(rows));
  return { rows, outputs: {} };
}
