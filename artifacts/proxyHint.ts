/**
 * What to do where a proxy is configured that Node does not ask; "" where there is nothing to say.
 *
 * @param env the environment
 */
export function proxyHint(env: NodeJS.ProcessEnv): string {
  const name = ["HTTPS_PROXY", "https_proxy"].find((each) => (env[each] ?? "") !== "");
  return name === undefined || env["NODE_USE_ENV_PROXY"] === "1"
    ? ""
    : `; ${name} is set, which Node.js takes with NODE_USE_ENV_PROXY=1 only`;
}
