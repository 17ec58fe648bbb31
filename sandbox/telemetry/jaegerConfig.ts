import path from "node:path";
import type { CollectorConfig, OpenTelemetryCollectorSpec } from "../../components/customResources/openTelemetry.ts";
import { UserError } from "../../cli/errors.ts";
import { loopbackCollector } from "./collectorConfig.ts";
import type { LiveObject } from "./liveObjects.ts";
import type { LocalPorts } from "./loopback.ts";

interface Backend {
  badger?: { directories?: { keys: string; values: string } };
  [engine: string]: unknown;
}

/**
 * The live Jaeger's configuration for this machine.
 *
 * @param folder stands for the root of the pod's volumes: Badger's files are kept below it
 * @throws UserError for a storage that does not run on this machine.
 */
export function localJaegerConfig(
  jaeger: LiveObject<OpenTelemetryCollectorSpec>,
  local: LocalPorts,
  folder: string,
): CollectorConfig {
  const config = loopbackCollector(jaeger, local.jaeger, local);
  const storage = config.extensions?.jaeger_storage as { backends?: Record<string, Backend> } | undefined;
  const backends = Object.entries(storage?.backends ?? {}).map(([name, backend]) => {
    const [engine = "none"] = Object.keys(backend);
    if (engine !== "memory" && engine !== "badger") {
      throw new UserError(
        `Jaeger's storage "${engine}" does not run on this machine: set jaeger.storage to memory or badger`,
      );
    }
    return [name, moved(backend, folder)] as const;
  });
  return {
    ...config,
    extensions: { ...config.extensions, jaeger_storage: { ...storage, backends: Object.fromEntries(backends) } },
  };
}

function moved(backend: Backend, folder: string): Backend {
  const directories = backend.badger?.directories;
  if (directories === undefined) return backend;
  const below = { keys: path.join(folder, directories.keys), values: path.join(folder, directories.values) };
  return { ...backend, badger: { ...backend.badger, directories: below } };
}
