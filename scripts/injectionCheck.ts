import { npmCommand, runScript, UsageError, withJson } from "../cli/command.ts";
import { errorLine, UserError } from "../cli/errors.ts";
import type { Application } from "./injectionCheck/application.ts";
import { fileReport } from "./injectionCheck/fileReport.ts";
import { injectedPackages } from "./injectionCheck/injectedPackages.ts";
import { readInstrumentedFile } from "./injectionCheck/instrumented.ts";
import { readApplication } from "./injectionCheck/readApplication.ts";
import { reportText } from "./injectionCheck/reportText.ts";

const form = `{"files": [...]}; of each file
  "file", "language" (python, nodejs), "injected" (version of the operator's image)
  "packages"   [{"name", "from", "to", "marker"?, "outcome"}], outcome is one of
               kept, replaced, in range, outside the range, unknown
  "libraries"  [{"name", "version"?, "range"?, "marker"?, "instrumentations", "supported"?,
               "outcome", "through"}], outcome is one of
               instrumented, outside the range, installed version decides
  "withoutInstrumentation"  names
  "needs"      [{"need", "reason", "argument"?, "section"}], section of docs/injection.md
  "notes"      lines`;

const details = `
FILE is one of
  *.txt              in pip's format, with what it includes by -r and -c
  uv.lock, poetry.lock
  package.json       ranges, and how the application starts
  package-lock.json  installed versions
Development dependencies are left out where the file tells them from the others.

Exit code: 0 when every file was checked, whatever was found; 2 when an argument or a file is wrong.
Then one line says why, and nothing is reported.`;

const command = withJson(
  npmCommand(
    "injection-check",
    "Says what injection would change in an application: which of its packages are replaced, which are instrumented, and what it needs. Nothing is installed, and nothing is asked of the network.",
    "requirements.txt",
  ).argument("<file...>", "files that name the application's packages"),
  form,
).addHelpText("after", details);

await runScript(command, () => {
  const [files] = command.processedArgs as [string[]];
  const applications = readAll(files);
  const injected = { packages: injectedPackages(), instrumented: readInstrumentedFile() };
  const reports = applications.map((application) => fileReport(application, injected));
  return { text: reports.map(reportText).join("\n\n\n"), json: { files: reports } };
});

/** @throws UsageError with a line for each file that cannot be read */
function readAll(files: readonly string[]): Application[] {
  const applications: Application[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      applications.push(readApplication(file));
    } catch (error) {
      problems.push(error instanceof UserError ? error.message : `${file}: ${errorLine(error)}`);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return applications;
}
