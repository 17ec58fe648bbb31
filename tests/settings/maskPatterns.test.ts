import assert from "node:assert/strict";
import { maskedByDefault, maskPattern } from "../../settings/maskPatterns.ts";

const takes = (pattern: string) => maskPattern.safeParse(pattern).success;
const masked = (text: string) =>
  maskedByDefault.reduce<string>((left, pattern) => {
    const groups = pattern.split("(").length - 1;
    return left.replaceAll(new RegExp(pattern, "g"), `${groups > 0 ? "$1" : ""}[masked]${groups > 1 ? "$2" : ""}`);
  }, text);

describe("maskPattern", () => {
  const own = [
    "(?P<who>id=)\\d+",
    "(?i)token=\\w+",
    "(?i:secret)",
    "[[:digit:]]{16}",
    ...["\\pL+=", "\\p{Lu}\\P{^Greek}", "C:\\\\path", "\\\\p{2}"],
    "\\Qa.b\\E",
    "\\Ax\\z",
  ];
  it("takes what RE2 takes, what only it knows too", () => {
    for (const pattern of [...maskedByDefault, ...own]) assert.ok(takes(pattern), pattern);
  });

  const foreign = [
    "a(?=b)",
    "a(?!b)",
    "(?<=a)b",
    "(a)\\1",
    "(?<t>a)\\k<t>",
    "\\u0041",
    "\\cA",
    "[\\b]",
    "[^]x",
    "a[]b",
  ];
  const classes = [
    "\\p{Script=Greek}",
    "\\P{Emoji}",
    "\\p{Alphabetic}",
    "\\P{^White_Space}",
    "[\\p{Dash}]",
    "\\p{Garay}",
  ];
  for (const pattern of ["(", ...foreign, ...classes, "a{1001}", "(?:[a-z]{500}){3}", "\ud800"])
    it(`refuses ${JSON.stringify(pattern)}, which RE2 does not know`, () => {
      assert.ok(!takes(pattern));
    });

  for (const pattern of ["", "x*", "a|", "\\b", "^", "(?:secret)?"])
    it(`refuses ${JSON.stringify(pattern)}, which matches where there is nothing`, () => {
      assert.ok(!takes(pattern));
    });
});

describe("maskedByDefault", () => {
  // None of these is or was a secret.
  for (const [text, expected] of [
    ["Authorization: Bearer harmless-sample.0123", "Authorization: Bearer [masked]"],
    ["postgres://shop:harmless@db:5432/shop", "postgres://shop:[masked]@db:5432/shop"],
    ["key AKIAHARMLESSSAMPLE01 used", "key [masked] used"],
    [`aws_secret_access_key = ${"harmless".repeat(5)}`, "aws_secret_access_key = [masked]"],
    [`AWS_SECRET_ACCESS_KEY=${"harmless".repeat(5)}`, "AWS_SECRET_ACCESS_KEY=[masked]"],
    ["GET https://example.org:8080/items/7?q=a@b HTTP/1.1", "GET https://example.org:8080/items/7?q=a@b HTTP/1.1"],
  ] as const)
    it(`makes of ${text}: ${expected}`, () => {
      assert.equal(masked(text), expected);
    });
});
