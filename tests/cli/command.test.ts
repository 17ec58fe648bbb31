import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Argument } from "commander";
import { exampleLine, HelpShown, npmCommand, readCommandLine } from "../../cli/command.ts";
import { parseOptions, VERBS } from "../../sandbox/options.ts";
import { withoutDefault } from "../support/helpText.ts";
import { projectFolder } from "../support/markdown.ts";

/** What a command line prints, and the name of what it throws. */
function shown(read: () => unknown): [text: string, thrown: string] {
  const write = process.stdout.write.bind(process.stdout);
  let text = "";
  process.stdout.write = (part: string | Uint8Array) => {
    text += part.toString();
    return true;
  };
  try {
    read();
    return [text, ""];
  } catch (error) {
    return [text, (error as Error).name];
  } finally {
    process.stdout.write = write;
  }
}

describe("npmCommand", () => {
  const command = () =>
    npmCommand("mend", "Mends a thing.", "--yes roof")
      .addArgument(new Argument("<thing>", "what is mended").choices(["roof", "door"]))
      .requiredOption("--with <tool>", "what is used")
      .option("--yes", "do it", false);

  it("says in its help what it does, with defaults and an example", () => {
    const [text, thrown] = shown(() => {
      readCommandLine(command(), ["--help"]);
    });
    assert.equal(thrown, "HelpShown");
    assert.match(text, /^Usage: npm run mend -- \[options\] <thing>\n\nMends a thing\.\n/);
    assert.match(text, /--yes +do it \(default: false\)/);
    assert.match(text, /--with <tool> +what is used \(required\)/);
    assert.match(text, /\nExample: npm run mend -- --yes roof\n$/);
    assert.ok(new HelpShown() instanceof Error);
  });

  it("says in one line what is wrong and what is allowed, and prints nothing", () => {
    const wrong: [argv: string[], message: string][] = [
      [["roof"], 'required option "--with <tool>" not specified'],
      [["--with"], 'option "--with <tool>" argument missing'],
      [["--with", "x"], 'missing required argument "thing"'],
      [["--with", "x", "wall"], 'thing "wall": allowed are roof, door'],
      [["--with", "x", "roof", "door"], "too many arguments: door: allowed are <thing>, --with <tool>, --yes"],
      [["--with", "x", ""], "argument 3 is empty: leave it out, or give it a value"],
      [["--with=", "roof"], "argument 1 is empty: leave it out, or give it a value"],
      [["--with", "x", "roof", "--no"], 'unknown option "--no": allowed are <thing>, --with <tool>, --yes'],
    ];
    for (const [argv, message] of wrong) {
      const [text] = shown(() => {
        assert.throws(
          () => {
            readCommandLine(command(), argv);
          },
          { name: "UsageError", message },
        );
      });
      assert.equal(text, "");
    }
  });

  it("says which commands there are when none is named", () => {
    const several = npmCommand("mend", "Mends.", "roof");
    several.command("roof");
    assert.throws(
      () => {
        readCommandLine(several, []);
      },
      { name: "UsageError", message: "missing command: allowed are roof" },
    );
  });
});

describe("runScript", function () {
  this.timeout(30_000);
  this.slow(5_000);

  /** Runs a script that finds the number 1, in a process of its own: it reads the command line and prints. */
  function run(work: string, ...argv: string[]) {
    const from = (file: string) => JSON.stringify(join(projectFolder, "cli", file));
    const script = `import { npmCommand, runScript, UsageError, withJson } from ${from("command.ts")};
      import { UserError } from ${from("errors.ts")};
      const command = withJson(npmCommand("count", "Counts.", ""), '{"count"}');
      const found = { text: "1 found", json: { count: 1 } };
      await runScript(command, async (_, print) => { ${work} });`;
    const args = ["--input-type=module-typescript", "--eval", script, "count", ...argv];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return [status, stdout, stderr];
  }

  it("prints what was found for people, with what was said on the way", () => {
    assert.deepEqual(run('print("looking"); return found;'), [0, "looking\n1 found\n", ""]);
  });

  it("prints one line of JSON and nothing else to standard output", () => {
    assert.deepEqual(run('print("looking"); return found;', "--json"), [0, '{"count":1}\n', "looking\n"]);
  });

  it("says an error in the JSON too, with the same line and exit code", () => {
    const failed = 'print("looking"); throw new UserError("no");';
    assert.deepEqual(run(failed), [1, "looking\n", "no\n"]);
    assert.deepEqual(run(failed, "--json"), [1, '{"error":"no"}\n', "looking\nno\n"]);
    assert.deepEqual(run('throw new UsageError("wrong");', "--json"), [2, '{"error":"wrong"}\n', "wrong\n"]);
  });

  it("prints one document, whatever comes after it", () => {
    const work = 'return { ...found, until: Promise.reject(new UserError("ended")) };';
    assert.deepEqual(run(work, "--json"), [1, '{"count":1}\n', "ended\n"]);
  });

  it("has no document of a command line that it does not understand", () => {
    const [status, stdout] = run("return found;", "--json", "--yes");
    assert.deepEqual([status, stdout], [2, ""]);
  });
});

describe("exampleLine", () => {
  it("has no trailing dashes where there is nothing to add", () => {
    assert.equal(exampleLine("golden", ""), "\nExample: npm run golden");
    assert.equal(exampleLine("test", "unit"), "\nExample: npm test -- unit");
    assert.equal(exampleLine("sandbox", "down "), "\nExample: npm run sandbox -- down");
  });
});

describe("the sandbox's help", () => {
  for (const verb of VERBS) {
    it(`explains ${verb} with its flags and an example`, () => {
      const [text, thrown] = shown(() => parseOptions([verb, "--help"]));
      assert.equal(thrown, "HelpShown");
      assert.match(text, new RegExp(`^Usage: npm run sandbox -- ${verb} `));
      assert.match(text, /--stack <stack> +stack whose settings file is read \(default: "dev"\)/);
      assert.match(text, new RegExp(`\nExample: npm run sandbox -- ${verb}`));
      assert.deepEqual(withoutDefault(text), []);
    });
  }
});
