import * as Spec from "@cyclonedx/cyclonedx-library/Spec";
import * as Validation from "@cyclonedx/cyclonedx-library/Validation";

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);

/** What the schema of CycloneDX 1.5 has against a bill of materials; undefined when it is sound. */
export async function schemaErrors(bill: string): Promise<unknown> {
  return (await validator.validate(bill)) ?? undefined;
}
