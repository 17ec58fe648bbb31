import assert from "node:assert/strict";
import { withVariables } from "../../dashboards/withVariables.ts";

describe("withVariables", () => {
  it("puts values in the place of variables, and leaves the ones that it does not know", () => {
    assert.equal(
      withVariables('up{job="$job", a="$b"}[$__window]', { job: "api", __window: "1m" }),
      'up{job="api", a="$b"}[1m]',
    );
  });

  it("writes them as Grafana would where the expression says how", () => {
    assert.equal(
      withVariables('{a=~"${a:regex}", b=~${b:doublequote}, c="${c:regex}"}', { a: "x|y", b: 'q"' }),
      '{a=~"x|y", b=~"q\\"", c="${c:regex}"}',
    );
  });

  it("escapes a value once, whoever writes the quotes", () => {
    const expr = '{a=~"$a", b=~"${a:regex}", c=~${a:doublequote}}';
    const text = '"api-\\\\d\\""';
    assert.equal(withVariables(expr, { a: 'api-\\d"' }), `{a=~${text}, b=~${text}, c=~${text}}`);
  });
});
