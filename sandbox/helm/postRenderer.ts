import { readFileSync, writeFileSync } from "node:fs";
import { leaveOutApiServices } from "./apiServices.ts";

// Helm's post-renderer, a program of its own: objects come in and go out as a YAML stream. The names of what was left
// out go to the file that is its argument.
const { kept, leftOut } = leaveOutApiServices(readFileSync(0, "utf8"));
if (leftOut.length > 0) writeFileSync(process.argv[2] ?? "", leftOut.join("\n"));
process.stdout.write(kept);
