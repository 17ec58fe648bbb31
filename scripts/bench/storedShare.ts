/**
 * The most that VictoriaLogs keeps of 1 GB of lines, in MB, by the table of `npm run bench -- volume`.
 *
 * @param logs docs/logs.md
 * @throws when it has no such table
 */
export function storedShare(logs: string): number {
  const shares = [...logs.matchAll(/\| (\d+) MB \|$/gm)].map(([, megabytes]) => Number(megabytes));
  if (shares.length === 0) throw new Error("docs/logs.md has no figure of what 1 GB of lines takes");
  return Math.max(...shares);
}
