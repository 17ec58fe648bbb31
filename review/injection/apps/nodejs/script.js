// A script: it fetches something, says a warning, and fails.
fetch(process.env.UPSTREAM_URL)
  .then((response) => response.text())
  .then((text) => {
    console.log("fetched", text);
    console.error("one row was skipped");
    process.exitCode = 3;
    console.log("done");
  });
