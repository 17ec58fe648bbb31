import type { ManifestObject } from "./manifest.ts";
import { type Fields, isFields, updateAt } from "./objectPath.ts";
import { containerPaths, podPath } from "./podTemplates.ts";

/**
 * Gives the pods of an object what Pod Security's level `restricted` asks for, wherever they say nothing of it: upstream's operators run
 * as a user and listen above port 1024, but some do not say that they need no more.
 *
 * @param object any object; one that makes no pods stays as it is
 */
export function withoutRights(object: ManifestObject): ManifestObject {
  const pod = podPath(object.kind);
  if (pod === undefined) return object;
  const restricted = updateAt(object, pod, (spec) =>
    isFields(spec) ? withDefaults(spec, { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }) : spec,
  );
  return containerPaths(object.kind).reduce<unknown>(
    (changed, path) =>
      updateAt(changed, path, (container) =>
        withDefaults(container as Fields, { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } }),
      ),
    restricted,
  ) as ManifestObject;
}

function withDefaults(holder: Fields, defaults: Fields): Fields {
  const own = isFields(holder["securityContext"]) ? holder["securityContext"] : {};
  return { ...holder, securityContext: { ...defaults, ...own } };
}
