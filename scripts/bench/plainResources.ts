import * as kubernetes from "@pulumi/kubernetes";
import { clusterProvider } from "../../components/kubernetes/clusterProvider.ts";

/** Registers the smallest objects that there are: what the SDK itself takes for so many. */
export function registerPlainResources(count: number): void {
  const provider = clusterProvider("");
  for (let index = 1; index <= count; index++) {
    new kubernetes.core.v1.ConfigMap(`plain-${index}`, { data: {} }, { provider });
  }
}
