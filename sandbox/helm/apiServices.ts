/**
 * Takes the APIServices that a pod would serve out of a YAML stream. Simulated pods serve nothing, and while an API group
 * has no answer, no namespace can be deleted.
 *
 * @returns the other documents unchanged, and the names of what was left out
 */
export function leaveOutApiServices(stream: string): { kept: string; leftOut: string[] } {
  const leftOut: string[] = [];
  const kept = stream.split(/^(?=---)/m).filter((document) => {
    if (!/^kind: "?APIService"?\s*$/m.test(document) || !/^ +service:/m.test(document)) return true;
    leftOut.push(/^ {2}name: "?([^"\s]+)/m.exec(document)?.[1] ?? "APIService");
    return false;
  });
  return { kept: kept.join(""), leftOut };
}
