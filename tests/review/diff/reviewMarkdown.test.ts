import assert from "node:assert/strict";
import { bodyLimit } from "../../../review/diff/markdown.ts";
import type { ObjectChange } from "../../../review/diff/objectChanges.ts";
import { reviewMarkdown } from "../../../review/diff/reviewMarkdown.ts";

const command = "npm run diff -- --against main";

function changed(component: string, label: string, path: string): ObjectChange {
  const changes = [{ path, old: "a", new: "b" }];
  return { component, label, kind: "Deployment", action: "changed", changes, stacks: ["dev", "prod"] };
}

describe("reviewMarkdown", () => {
  it("begins with what changed where, then has every field", () => {
    const changes = [
      changed("platform", "Deployment a", "spec.image"),
      changed("platform", "Deployment a", "spec.x"),
      changed("platform", "Deployment b|c", "spec.x"),
    ];
    assert.equal(
      reviewMarkdown(changes, "What the program registers", command),
      `\
### What the program registers

objects: 2 changed

| What | Component | Objects | Stacks |
| --- | --- | --- | --- |
| Images | platform | Deployment a | dev, prod |
| Other changes | platform | Deployment a, Deployment b\\|c | dev, prod |

<details>
<summary>Field by field</summary>

\`\`\`
Images
  platform
    ~ Deployment a [dev, prod]
        spec.image: "a" -> "b"

Other changes
  platform
    ~ Deployment a [dev, prod]
        spec.x: "a" -> "b"
    ~ Deployment b|c [dev, prod]
        spec.x: "a" -> "b"
\`\`\`

</details>`,
    );
  });

  it("is one line when nothing changed", () => {
    assert.equal(
      reviewMarkdown([], "What the program registers", command),
      "### What the program registers\n\nno object changes",
    );
  });

  it("stays within a comment's limit, and says what it left out and where that is", () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      changed(`component ${index}`, `Deployment ü${index}`, `spec["ü".repeat(100)]`),
    );
    const text = reviewMarkdown(many, "What the program registers", command);
    assert.ok(Buffer.byteLength(text) < bodyLimit, `${Buffer.byteLength(text)} bytes`);
    assert.match(text, /^objects: 3000 changed$/m);
    assert.match(text, /^… and 2960 more rows$/m);
    assert.match(text, /^… \d+ more lines: npm run diff -- --against main$/m);
    assert.ok(text.endsWith("```\n\n</details>"));
  });
});
