/** The flags of a help text that take a value and say neither what it is otherwise nor that it is required. */
export function withoutDefault(help: string): string[] {
  // A long description goes on in the next line, further to the right.
  const lines = help.replaceAll(/\n {8,}/g, " ").split("\n");
  return lines.filter((line) => /^ +--[\w-]+ </.test(line) && !/\((choices: .*, )?default|\(required\)/.test(line));
}
