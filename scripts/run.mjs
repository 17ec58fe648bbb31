// Runs one of the project's programs on any machine with Node 18 or later: installs what is missing, then goes on under
// the project's own Node. Holds no dependency, because it runs before there are any.
//
//   node scripts/run.mjs <file.ts | program of node_modules/.bin> [arguments]
import { spawn } from "node:child_process";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(project, "node_modules");
const programs = join(modules, ".bin");
const lock = join(project, ".install.lock");
/** No installation takes that long: the process that holds the lock then is another one with its id. */
const LOCK_AGE_MS = 15 * 60_000;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) fail("usage: node scripts/run.mjs <file.ts | program> [arguments]");
await install();
await run(command, args);

/** Runs `npm ci` unless what is installed is what package-lock.json says; one process at a time. */
async function install() {
  if (isInstalled()) return;
  for (let told = false; !takeLock(); told = true) {
    if (!told) say(`waiting for process ${readOwner(lock)}, which installs the project's dependencies`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  process.once("exit", releaseLock);
  if (!isInstalled()) {
    say("installing the project's dependencies (npm ci): once, until package-lock.json changes");
    const started = Date.now();
    // npm's words go to standard error: standard output belongs to the program. The project's own Node must not be the
    // one that runs npm, which removes it. Dev and optional packages too, whatever NODE_ENV or .npmrc says: that Node is one
    // of them. No package needs its install script.
    const npm = spawn("npm", ["ci", "--include=dev", "--include=optional"], {
      cwd: project,
      stdio: ["ignore", 2, 2],
      env: environment(outerPath()),
    });
    // It holds the lock: it may outlive this process.
    if (npm.pid !== undefined) writeFileSync(lock, String(npm.pid));
    const ended = await endOf(npm);
    if (ended.error !== undefined) fail(`npm cannot be run (${ended.error.message}): install Node.js with npm`);
    if (ended.signal !== null) process.exit(128 + constants.signals[ended.signal]);
    if (ended.code !== 0) fail(`npm ci failed with exit code ${ended.code}: its messages are above`);
    if (!isInstalled())
      fail(
        `npm ci left node_modules incomplete: Node 22 comes as an optional package (node-…) for Linux and macOS, x64 and arm64; ` +
          `this is ${process.platform} ${process.arch}`,
      );
    say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  releaseLock();
  process.off("exit", releaseLock);
}

/**
 * Whether node_modules holds what package-lock.json says. npm notes at the end of an installation what it installed, so
 * an installation that was broken off counts as missing.
 */
function isInstalled() {
  const wanted = packagesOf(join(project, "package-lock.json"));
  const installed = packagesOf(join(modules, ".package-lock.json"));
  if (wanted === undefined) fail("package-lock.json is missing or cannot be read");
  if (installed === undefined || !existsSync(join(programs, "node"))) return false;
  delete wanted[""]; // the project itself
  // Optional packages that are for other platforms are not installed.
  const missing = Object.entries(wanted).some(([path, entry]) => !(path in installed) && entry.optional !== true);
  return !missing && Object.entries(installed).every(([path, entry]) => same(wanted[path], entry));
}

function same(wanted, installed) {
  return wanted?.version === installed.version && wanted?.integrity === installed.integrity;
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") fail(`cannot write ${lock}: ${error.message}`);
  }
  const stale = readOwner(lock);
  if (isHeld(stale)) return false;
  // Moved away first: of two processes that find it stale, one must not remove the other's new one.
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (readOwner(aside) !== stale) linkSync(aside, lock);
  } catch {
    // Another process was faster.
  }
  rmSync(aside, { force: true });
  return takeLock();
}

function releaseLock() {
  rmSync(lock, { force: true });
}

function isHeld(owner) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    // A lock without an id was taken a moment ago, or its process was killed in that moment.
    if (owner === 0) return age < 2000;
    if (age > LOCK_AGE_MS) return false;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // it runs, as another user's process
  }
}

function readOwner(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

/** Goes on under the project's Node, and ends as the program ends. */
async function run(command, args) {
  const node = join(programs, "node");
  // As a file address: Node takes "#" and "%" in a path for those of an address.
  const start = pathToFileURL(join(project, "runTypeScript.mjs")).href;
  const [file, all] = command.endsWith(".ts")
    ? // Behind a proxy Node would warn at every start that its support is experimental.
      [node, ["--disable-warning=UNDICI-EHPA", "--import", start, join(project, command), ...args]]
    : [join(programs, command), args];
  const child = spawn(file, all, { stdio: "inherit", env: environment([programs, ...outerPath()]) });
  const { error, code, signal } = await endOf(child);
  if (error !== undefined) fail(`cannot run ${file}: ${error.message}`);
  process.exit(code ?? 128 + constants.signals[signal]);
}

/** Waits for the end of a process, and passes on what signals come meanwhile. */
async function endOf(child) {
  const sent = new Map();
  const pass = (signal) => {
    // A terminal's Ctrl-C goes to every process by itself, and npm passes it on once more.
    const reachedChild = signal === "SIGINT" && process.stdin.isTTY;
    if (reachedChild || Date.now() - (sent.get(signal) ?? 0) < 1000) return;
    sent.set(signal, Date.now());
    child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);
  const ended = await new Promise((resolve) => {
    child.on("error", (error) => resolve({ error }));
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
  for (const signal of signals) process.off(signal, pass);
  return ended;
}

/** The folders of PATH without the project's own. */
function outerPath() {
  return (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== programs);
}

function environment(path) {
  return { ...process.env, ...proxied(process.env), PATH: path.join(delimiter) };
}

/** Node takes the proxy that Go, npm, pip and Helm take; what listens on this machine is asked without it. */
function proxied(env) {
  if (!["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some((name) => env[name])) return {};
  const none = [env.NO_PROXY ?? env.no_proxy, "127.0.0.1", "localhost", "::1"].filter(Boolean).join(",");
  return { NODE_USE_ENV_PROXY: "1", NO_PROXY: none, no_proxy: none };
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
