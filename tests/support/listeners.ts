import { existsSync, readFileSync } from "node:fs";

/** The kernel's tables of TCP sockets. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];
/** 127.0.0.1, as these tables write it. */
const loopback = "0100007F";

/**
 * Which of some ports are listened on, and which of these on more than loopback; undefined where the system has no such
 * tables.
 */
export function listeners(ports: readonly number[]): { open: number[]; beyondLoopback: number[] } | undefined {
  if (!existsSync(tables[0] ?? "")) return undefined;
  const sockets = tables
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A")
    .map((fields) => (fields[1] ?? "").split(":"))
    .map(([address = "", port = ""]) => ({ address, port: Number.parseInt(port, 16) }))
    .filter(({ port }) => ports.includes(port));
  const open = [...new Set(sockets.map(({ port }) => port))];
  return { open, beyondLoopback: sockets.filter(({ address }) => address !== loopback).map(({ port }) => port) };
}
