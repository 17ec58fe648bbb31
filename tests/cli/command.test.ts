import assert from "node:assert/strict";
import { Argument } from "commander";
import { exampleLine, HelpShown, npmCommand, readCommandLine } from "../../cli/command.ts";
import { parseOptions, VERBS } from "../../sandbox/options.ts";
import { withoutDefault } from "../support/helpText.ts";

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
