/** `go build -v` prints modules as they come. */
const DOWNLOAD = "go: downloading ";
/** And the path of each package before it is compiled. */
const PACKAGE = /^\S+$/;

/** A line for each hundred: the largest program has about two thousand. */
const COUNTED_BY = 100;

/** How far a build is, in words; undefined while go has said nothing. */
export function buildProgress(output: string): string | undefined {
  const lines = filledLines(output);
  const packages = lines.filter((line) => PACKAGE.test(line)).length;
  if (packages >= COUNTED_BY) {
    return `compiling, ${String(Math.floor(packages / COUNTED_BY) * COUNTED_BY)} packages so far`;
  }
  if (packages > 0) return "compiling";
  const last = lines.at(-1);
  return last?.startsWith(DOWNLOAD) === true ? "downloading its modules" : last;
}

/** The last line that is no progress: the packages beside the one that failed go on being named. */
export function buildFailure(output: string): string | undefined {
  return filledLines(output).findLast((line) => !line.startsWith(DOWNLOAD) && !PACKAGE.test(line));
}

function filledLines(output: string): string[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
