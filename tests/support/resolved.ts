import * as pulumi from "@pulumi/pulumi";

/** The value of an input, whether it is an output or not. */
export function resolved<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => pulumi.output(input).apply(resolve));
}
