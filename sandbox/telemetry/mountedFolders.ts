import path from "node:path";
import { UserError } from "../../cli/errors.ts";
import type { DeploymentSpec, LiveObject } from "./liveObjects.ts";

/** A folder of a container that is filled from a ConfigMap. */
export interface MountedFolder {
  /** Absolute, in the container. */
  mountPath: string;
  /** Content of the files, by their paths in the folder. */
  files: Record<string, string>;
}

/**
 * The folders that the first container of a Deployment mounts from ConfigMaps.
 *
 * @param read gives the data of a ConfigMap by its name; undefined when it is not there
 * @throws UserError when a ConfigMap or one of its keys is missing: the pod would not start either.
 */
export async function mountedFolders(
  deployment: LiveObject<DeploymentSpec>,
  read: (configMap: string) => Promise<Record<string, string> | undefined>,
): Promise<MountedFolder[]> {
  const { containers, volumes = [] } = deployment.spec.template.spec;
  const folders: MountedFolder[] = [];
  for (const { name, mountPath } of containers[0]?.volumeMounts ?? []) {
    const source = volumes.find((volume) => volume.name === name)?.configMap;
    if (source === undefined) continue;
    const data = await read(source.name);
    const files = source.items.map(({ key, path: file }) => {
      const content = data?.[key];
      if (content === undefined) {
        throw new UserError(
          `Deployment "${deployment.metadata.namespace}/${deployment.metadata.name}" mounts key "${key}" of ConfigMap ` +
            `"${source.name}", which is not there: run "npm run sandbox -- up" first`,
        );
      }
      return [file, content];
    });
    folders.push({ mountPath, files: Object.fromEntries(files) as Record<string, string> });
  }
  return folders;
}

/** Where the folders of a program are on this machine. */
export interface LocalFolders {
  /** Content of the files, by their paths below the state folder. */
  files: Record<string, string>;
  /** What stands for a folder of the container, by its path there. */
  places: Record<string, string>;
}

/**
 * Puts the folders of a program below the state folder.
 *
 * @param program name of the program
 * @param folder the state folder
 */
export function localFolders(mounted: readonly MountedFolder[], program: string, folder: string): LocalFolders {
  const below = (mountPath: string) => path.join("mounted", program, mountPath);
  return {
    files: Object.fromEntries(
      mounted.flatMap(({ mountPath, files }) =>
        Object.entries(files).map(([file, content]) => [path.join(below(mountPath), file), content]),
      ),
    ),
    places: Object.fromEntries(mounted.map(({ mountPath }) => [mountPath, path.join(folder, below(mountPath))])),
  };
}
