import type { AppPackage } from "./application.ts";

/** Modules of the standard library that a Python package brings again, by the package's name: backports for old Pythons. */
const broughtAgain: ReadonlyMap<string, string> = new Map([
  ["argparse", "argparse"],
  ["asyncio", "asyncio"],
  ["contextvars", "contextvars"],
  ["dataclasses", "dataclasses"],
  ["enum34", "enum"],
  ["futures", "concurrent"],
  ["importlib", "importlib"],
  ["ipaddress", "ipaddress"],
  ["multiprocessing", "multiprocessing"],
  ["pathlib", "pathlib"],
  ["statistics", "statistics"],
  ["typing", "typing"],
  ["uuid", "uuid"],
]);

/**
 * Packages whose module comes before the one of Python's standard library as soon as their folder is named by PYTHONPATH; without that
 * the standard library is first.
 */
export function hidesStandardLibrary(packages: readonly AppPackage[]): { own: AppPackage; module: string }[] {
  return packages.flatMap((own) => {
    const module = broughtAgain.get(own.name);
    return module === undefined ? [] : [{ own, module }];
  });
}
