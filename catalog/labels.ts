/** What each of our objects is, in Kubernetes' recommended labels. */
export interface LabelArgs {
  /** Name of the application, such as `prometheus`. */
  readonly name: string;
  /** Its role in the platform, such as `backend`. */
  readonly component: string;
  /** Version of the application. @default - no version label */
  readonly version?: string;
}

const partOf = "app.kubernetes.io/part-of";
const platformName = "fluffy-observability";

/** Whether these are the labels of an object that a stack of this platform has made. */
export function isOfPlatform(labels: Readonly<Record<string, string>> = {}): boolean {
  return labels[partOf] === platformName;
}

/**
 * The recommended labels of Kubernetes for an object of this stack.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labels(args: LabelArgs): Record<string, string> {
  return {
    ...selectorLabels(args),
    "app.kubernetes.io/component": args.component,
    [partOf]: platformName,
    "app.kubernetes.io/managed-by": "pulumi",
    ...(args.version === undefined ? {} : { "app.kubernetes.io/version": args.version }),
  };
}

/** The labels that may stand in a selector: those that never change, so an upgrade keeps the Deployment. */
export function selectorLabels(args: Pick<LabelArgs, "name">): Record<string, string> {
  return { "app.kubernetes.io/name": args.name };
}
