/** The name of a Python package as PEP 503 normalises it: two spellings of one name become the same. */
export function pythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}
