import type { Check } from "./check.ts";
import { fieldsOf } from "./kubernetesObject.ts";

/** `scheme://user:password@…` or `scheme://user@…`; the groups are the scheme and the login's parts. */
const login = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}):\/\/([^\s/?#"'@:]*)(?::([^\s/?#"'@]*))?@/gi;

/** What the kubelet, the Collector or Grafana puts in when the program starts: `$(NAME)`, `${env:NAME}`, `$__env{NAME}`. */
const references = /\$\([^()]+\)|\$\{[^{}]+\}|\$__\w+\{[^{}]+\}/g;

/** Anybody who may read an object reads the logins in its URLs. A Secret may hold them. */
export const urlsHoldNoLogin: Check = (object) =>
  fieldsOf(object, object.kind === "Secret" ? ["data", "stringData"] : []).flatMap(({ path, value }) =>
    typeof value === "string"
      ? [...value.replaceAll(references, "").matchAll(login)]
          .filter(([, scheme = "", user = "", password]) =>
            // A user without a password is a name; over HTTP it is a token.
            Boolean(password ?? (/^https?$/i.test(scheme) ? user : "")),
          )
          // No part of the URL: what a policy says is in everybody's logs, and a host may be the end of a password.
          .map(([, scheme = ""]) => `${path} holds a URL (${scheme}) with a login: refer to a Secret`)
      : [],
  );
