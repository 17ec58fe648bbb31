import assert from "node:assert/strict";
import { pastSamples, scrapeMilliseconds, SizingSeries } from "../../../scripts/bench/sizingSeries.ts";

const example = `# TYPE requests_count counter
requests_bucket{service_name="sizing-service",le="0.1"} 1 1700000000000
requests_bucket{service_name="sizing-service",le="+Inf"} 1 1700000000000
requests_count{service_name="sizing-service"} 1 1700000000000
threads{service_name="sizing-service"} 7
`;
const now = 1_800_000_000_000;

/** A scrape that has all of it. */
const scraped = (series: SizingSeries, time = now) => {
  const text = series.next(time);
  series.taken();
  return text;
};

/** Samples by their series. */
const samples = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([series = "", value, time]) => ({ series, value: Number(value), time: Number(time) }));

describe("SizingSeries", () => {
  it("has the example's series for every service", () => {
    const text = new SizingSeries(example, 3, now).next(now);
    const names = samples(text).map(({ series }) => series);
    assert.equal(new Set(names).size, 12);
    assert.ok(names.includes('requests_count{service_name="service-2"}'));
    assert.ok(!text.includes("sizing-service"));
  });

  it("gives a past sample at each scrape until it has come to the present, which it repeats", () => {
    const series = new SizingSeries(example, 1, now);
    const times = Array.from({ length: pastSamples + 1 }, () => samples(scraped(series))[0]?.time ?? 0);
    assert.deepEqual(
      times.map((time) => (now - time) / scrapeMilliseconds),
      times.map((_, index) => pastSamples - index),
    );
    assert.equal(series.isPresent(now), true);
    assert.equal(scraped(series), scraped(series, now + scrapeMilliseconds - 1));
    assert.equal(samples(series.next(now + scrapeMilliseconds))[0]?.time, now + scrapeMilliseconds);
  });

  it("repeats what a scrape has not had in time", () => {
    const series = new SizingSeries(example, 1, now);
    const first = series.next(now);
    assert.equal(series.next(now), first);
    series.taken();
    assert.notEqual(series.next(now), first);
  });

  it("of an endpoint that shows nothing comes to the present too", () => {
    const series = new SizingSeries("", 1, now);
    for (let scrape = 0; scrape <= pastSamples; scrape++) assert.equal(scraped(series), "");
    assert.equal(series.isPresent(now), true);
  });

  it("has counters that never fall, and mostly grow, and other values that go up and down", () => {
    const series = new SizingSeries(example, 1, now);
    const history = Array.from({ length: 50 }, () => samples(scraped(series)).map(({ value }) => value));
    const steps = (index: number) =>
      history.slice(1).map((values, step) => (values[index] ?? 0) - (history[step]?.[index] ?? 0));
    for (const index of [0, 1, 2])
      assert.ok(
        steps(index).every((step) => step >= 0),
        `series ${index}`,
      );
    assert.ok(steps(2).filter((step) => step > 0).length > 40);
    assert.ok(steps(3).some((step) => step > 0) && steps(3).some((step) => step < 0));
  });
});
