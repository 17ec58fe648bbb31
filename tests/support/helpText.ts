/**
 * The flags of a help text that take a value and do not say once what it is otherwise, or that it is required; and whatever
 * has an empty text as its default, which tells nobody anything.
 */
export function withoutDefault(help: string): string[] {
  // A long description goes on in the next line, further to the right.
  const lines = help.replaceAll(/\n {8,}/g, " ").split("\n");
  const said = (line: string) => line.match(/[( ]default: |\(required\)/g)?.length ?? 0;
  return lines.filter((line) => line.includes('default: ""') || (/^ +--[\w-]+ </.test(line) && said(line) !== 1));
}
