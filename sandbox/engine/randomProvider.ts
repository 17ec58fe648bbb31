// The random provider where the official one cannot be had, as a program of its own: the engine starts it as a plugin.
import type { DiffResult, Provider } from "@pulumi/pulumi/provider/provider.js";
import { main } from "@pulumi/pulumi/provider/server.js";
import { type Inputs, makeRandom } from "./randomValues.ts";

/** What the engine puts into inputs for its own use. */
const isInput = (name: string) => !name.startsWith("__");

/** As in the official provider a value is made once, and anew only when one of its arguments changes. */
const provider: Provider = {
  version: process.env.PULUMI_RANDOM_VERSION ?? "",
  check: (_urn, _olds, news: Inputs) => Promise.resolve({ inputs: news }),
  diff: (_id, _urn, olds: Inputs, news: Inputs): Promise<DiffResult> => {
    const replaces = Object.keys(news).filter(
      (name) => isInput(name) && JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
    );
    return Promise.resolve({ changes: replaces.length > 0, replaces, deleteBeforeReplace: false });
  },
  create: (urn, inputs: Inputs) => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    return Promise.resolve().then(() => makeRandom(type, inputs));
  },
  read: (id, _urn, props: Inputs) => Promise.resolve({ id, props }),
  update: (_id, _urn, olds: Inputs) => Promise.resolve({ outs: olds }),
  delete: () => Promise.resolve(),
};

await main(provider, process.argv.slice(2));
