import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** An interface's properties as the compiler sees them. */
export interface DeclaredTypes {
  readonly checker: ts.TypeChecker;
  readonly properties: ReadonlyMap<string, ts.Type>;
}

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es5.d.ts"],
  types: [],
  noEmit: true,
  allowImportingTsExtensions: true,
};

/**
 * Reads an interface. Only relative imports are followed: nothing else holds hand-written types, and it would take seconds.
 *
 * @param file the file that declares it
 * @param text its content. @default that of the file
 * @throws Error when there is no such interface
 */
export function declaredTypes(file: string, name: string, text?: string): DeclaredTypes {
  const host = ts.createCompilerHost(options);
  const readSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) =>
    text !== undefined && resolve(path) === resolve(file)
      ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023)
      : readSourceFile(path, ...rest);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text: module }) => ({
      resolvedModule: module.startsWith(".")
        ? { resolvedFileName: join(dirname(from), module), extension: ts.Extension.Ts }
        : undefined,
    }));
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const declaration = program
    .getSourceFile(file)
    ?.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (!declaration) throw new Error(`there is no interface ${name} in ${file}`);
  const properties = checker
    .getTypeAtLocation(declaration)
    .getProperties()
    .map((property) => [property.name, checker.getTypeOfSymbol(property)] as const);
  return { checker, properties: new Map(properties) };
}
