import { dirname, isAbsolute, join, resolve } from "node:path";
import { valid, validRange } from "@renovatebot/pep440";
import { parsePipRequirementsLine, type Requirement } from "pip-requirements-js";
import { UserError } from "../../cli/errors.ts";
import type { AppPackage, PythonApplication } from "./application.ts";
import { pythonName } from "./pythonName.ts";
import { logicalLines, type RequirementsLine } from "./requirementsLines.ts";

/** What a requirements file asks of one package in one environment. */
interface Asked {
  readonly name: string;
  readonly marker: string | undefined;
  /** `undefined` when the package comes from a URL. */
  specifiers: string[] | undefined;
}

const transitive =
  'packages that these bring along are not checked unless they are listed: "pip freeze" in the image lists all';

interface Found {
  /** By name and marker. */
  readonly asked: Map<string, Asked>;
  /** Specifiers of constraints files, by name. */
  readonly constraints: Map<string, string[]>;
  readonly notes: string[];
  /** Files that were read, as requirements and as constraints apart: one that includes itself ends there. */
  readonly files: Set<string>;
}

/**
 * Reads a file in pip's format with the files that it includes by `-r` and `-c`.
 *
 * @param read gives the text of a file
 * @throws UserError with file and line when a line is none that pip takes
 */
export function readRequirements(file: string, read: (file: string) => string): PythonApplication {
  const found: Found = { asked: new Map(), constraints: new Map(), notes: [], files: new Set() };
  readInto(found, file, read, false);
  const packages = [...found.asked.values()].map((asked) => appPackage(asked, found.constraints.get(asked.name) ?? []));
  return { language: "python", file, packages, notes: [...found.notes, transitive] };
}

function appPackage({ name, marker, specifiers }: Asked, constraints: readonly string[]): AppPackage {
  const base = { name, marker, direct: true };
  if (specifiers === undefined) return base;
  const all = [...specifiers, ...constraints];
  const pin = all.find((specifier) => /^==[^*]+$/.test(specifier));
  return pin === undefined ? { ...base, range: all.join(",") } : { ...base, version: pin.slice(2) };
}

function readInto(found: Found, file: string, read: (file: string) => string, constraints: boolean): void {
  const reading = `${constraints ? "-c" : "-r"} ${resolve(file)}`;
  if (found.files.has(reading)) return;
  found.files.add(reading);
  for (const line of logicalLines(read(file))) {
    const [, option, included] = /^(-[rc]|--(?:requirement|constraint)(?=[\s=]))[\s=]*(\S.*)$/.exec(line.text) ?? [];
    if (option !== undefined && included !== undefined) {
      const path = included.replace(/^(["'])(.*)\1$/, "$2");
      if (/^\w+:\/\//.test(path))
        found.notes.push(`${file} line ${line.number}: "${withoutLogin(path)}" is a URL: not read`);
      else
        readIncluded(
          found,
          isAbsolute(path) ? path : join(dirname(file), path),
          read,
          constraints || /^-c|^--c/.test(option),
          { file, line },
        );
    } else if (/\$\{[A-Z0-9_]+\}/.test(line.text)) {
      found.notes.push(`${file} line ${line.number}: "${withoutLogin(line.text)}" has a variable: not checked`);
    } else if (/^(-e|--editable)\b|^[\w+]+:|^[./]|^\S+\.(whl|zip|tar\.gz)$/.test(line.text)) {
      found.notes.push(`${file} line ${line.number}: "${withoutLogin(line.text)}" names no package: not checked`);
    } else if (!line.text.startsWith("-")) {
      readPackage(found, file, line, constraints);
    }
  }
}

/** A line as it may be shown: an address may hold a login. */
function withoutLogin(line: string): string {
  return line.replaceAll(/\/\/[^/\s]*@/g, "//***@");
}

function readIncluded(
  found: Found,
  path: string,
  read: (file: string) => string,
  constraints: boolean,
  { file, line }: { file: string; line: RequirementsLine },
): void {
  try {
    readInto(found, path, read, constraints);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message} (included by ${file} line ${line.number})`);
  }
}

function readPackage(found: Found, file: string, { text, number }: RequirementsLine, constraints: boolean): void {
  // The parser takes no marker after a URL: it gets the line without the URL, which nothing here needs.
  const [, head, tail = ""] = /^([\w.-]+\s*(?:\[[^\]]*\])?)\s*@\s*\S+(.*)$/.exec(text) ?? [];
  const place = `${file} line ${number}`;
  const requirement = parsed(head === undefined ? text : `${head}${tail}`, `${place}: "${withoutLogin(text)}"`);
  if (requirement?.type !== "ProjectName") return;
  const name = pythonName(requirement.name);
  const specifiers = (requirement.versionSpec ?? []).map(({ operator, version }) => `${operator}${version}`);
  const wrong = specifiers.find((specifier) => !validRange(specifier));
  if (wrong !== undefined) {
    throw new UserError(`${place}: "${wrong}" is no version that PEP 440 knows, in "${text}"`);
  }
  if (constraints && requirement.environmentMarkerTree) {
    found.notes.push(`${place}: "${withoutLogin(text)}" is a constraint with a marker: not applied`);
    return;
  }
  if (constraints) {
    found.constraints.set(name, [...(found.constraints.get(name) ?? []), ...specifiers]);
    return;
  }
  const marker = requirement.environmentMarkerTree && (head === undefined ? text : tail).replace(/^[^;]*;\s*/, "");
  const key = `${name};${marker ?? ""}`;
  const asked = found.asked.get(key) ?? { name, marker, specifiers: [] };
  asked.specifiers = head === undefined ? asked.specifiers?.concat(specifiers) : undefined;
  found.asked.set(key, asked);
}

/** @param line file, line and text, for the error */
function parsed(text: string, line: string): Requirement | null {
  try {
    // The parser does not get past `===`, which says the same as `==` of a whole version.
    return parsePipRequirementsLine(text.replace("===", "=="));
  } catch (error) {
    const [, column, reason] = /col (\d+): ([^]*)$/.exec((error as Error).message) ?? [];
    throw new UserError(
      `${line} is no requirement that pip takes (column ${column ?? "?"}: ${reason ?? "syntax error"})`,
    );
  }
}

/** The versions that a requirements file pins, by name; for a file that pins each package. */
export function pinnedVersions(file: string, read: (file: string) => string): Map<string, string> {
  const { packages } = readRequirements(file, read);
  return new Map(
    packages.flatMap(({ name, version }) => (version !== undefined && valid(version) ? [[name, version]] : [])),
  );
}
