import * as Enums from "@cyclonedx/cyclonedx-library/Enums";
import * as Models from "@cyclonedx/cyclonedx-library/Models";
import type { GoModuleVersion } from "./goModules.ts";

/** A Go module as a component. */
export function goComponent({ path, version }: GoModuleVersion): Models.Component {
  const parts = path.split("/");
  const purl = `pkg:golang/${parts.map(encodeURIComponent).join("/")}@${encodeURIComponent(version)}`;
  return new Models.Component(Enums.ComponentType.Library, path, { version, purl, bomRef: purl });
}

/**
 * An image as a component.
 *
 * @param image as `registry/path/name:tag`, or with `@sha256:…` in the place of or behind the tag
 */
export function imageComponent(image: string): Models.Component {
  const [named = "", digest] = image.split("@");
  const [, repository = "", tag] = /^(.+?)(?::([^:/]+))?$/.exec(named) ?? [];
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  const qualifiers = [`repository_url=${encodeURIComponent(repository)}`, ...(tag === undefined ? [] : [`tag=${tag}`])];
  const version = digest === undefined ? "" : `@${encodeURIComponent(digest)}`;
  const purl = `pkg:oci/${name.toLowerCase()}${version}?${qualifiers.join("&")}`;
  return new Models.Component(Enums.ComponentType.Container, repository, {
    ...{ purl, bomRef: purl },
    ...(tag === undefined && digest === undefined ? {} : { version: tag ?? digest ?? "" }),
  });
}
