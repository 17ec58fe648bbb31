/** The annotation by which Pulumi does not wait until an object is ready. */
export const skipAwait = { "pulumi.com/skipAwait": "true" } as const;
