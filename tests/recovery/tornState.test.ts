import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { restoreState, tornLine, tornStates } from "../../recovery/tornState.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("torn states", () => {
  const folder = temporaryFolder();
  const pulumi = (...names: string[]) => path.join(folder(), ".pulumi", ...names);
  const state = () => pulumi("stacks", "one", "dev.json");
  /** Writes a file that was last changed so many seconds after 1970. */
  const write = (file: string, text: string, seconds: number) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, seconds, seconds);
  };
  const backup = (name: string) => pulumi("backups", "one", "dev", `dev.${name}.json`);

  it("are those that are no JSON; where there is no backend there is none", () => {
    write(state(), `{"version":3}`, 9);
    write(pulumi("stacks", "one", "prod.json"), `{"vers`, 9);
    write(pulumi("stacks", "one", "dev.json.bak"), `{`, 9);
    assert.deepEqual(
      tornStates(folder()).map(({ project, stack }) => `${project}/${stack}`),
      ["one/prod"],
    );
    assert.deepEqual(tornStates(pulumi("none")), []);
  });

  it("get the newest copy that can be read, and are kept", () => {
    write(state(), `{"serial":`, 9);
    write(`${state()}.bak`, `{"serial":8`, 8);
    write(backup("7"), `{"serial":7}`, 7);
    write(backup("6"), `{"serial":6}`, 6);
    write(`${backup("9")}.attrs`, `{}`, 9);
    const [torn] = tornStates(folder());
    assert.ok(torn !== undefined);
    assert.match(tornLine(torn), /^state of stack dev, torn .*: take the copy of 1970-01-01T00:00:07\.000Z$/);
    restoreState(torn);
    assert.equal(readFileSync(state(), "utf8"), `{"serial":7}`);
    assert.equal(readFileSync(`${state()}.torn`, "utf8"), `{"serial":`);
    assert.deepEqual(tornStates(folder()), []);
  });

  it("prefer what was written before the last write to an older backup", () => {
    write(state(), `{"serial":`, 9);
    write(`${state()}.bak`, `{"serial":8}`, 8);
    write(backup("7"), `{"serial":7}`, 7);
    tornStates(folder()).forEach(restoreState);
    assert.equal(readFileSync(state(), "utf8"), `{"serial":8}`);
  });

  it("are those whose attributes are empty too: these are taken away, and the state stays", () => {
    write(state(), `{"serial":9}`, 9);
    write(`${state()}.attrs`, "", 9);
    const [torn, ...others] = tornStates(folder());
    assert.ok(torn !== undefined && others.length === 0);
    assert.match(
      tornLine(torn),
      /^attributes of the state of stack dev, torn as a killed run leaves them: take them away$/,
    );
    restoreState(torn);
    assert.deepEqual(readdirSync(path.dirname(state())), ["dev.json"]);
    assert.equal(readFileSync(state(), "utf8"), `{"serial":9}`);
    write(`${state()}.attrs`, "{}", 9);
    assert.deepEqual(tornStates(folder()), []);
  });

  it("are left alone where no copy can be read", () => {
    write(state(), `{"serial":`, 9);
    const [torn] = tornStates(folder());
    assert.ok(torn !== undefined);
    assert.throws(() => {
      restoreState(torn);
    }, /^UserError: the state of stack dev is torn, and no copy of it can be read: .*dev\.json$/);
    assert.deepEqual(readdirSync(path.dirname(state())), ["dev.json"]);
  });
});
