// Validates the JSON files that are named, against the R4 definitions; prints one array of messages for each.
const { readFileSync } = require("node:fs");
const { Fhir } = require("fhir");

const fhir = new Fhir();
const found = process.argv.slice(2).map((path) => {
  const result = fhir.validate(JSON.parse(readFileSync(path, "utf-8")), { errorOnUnexpected: true });
  return { valid: result.valid, messages: result.messages };
});
process.stdout.write(JSON.stringify(found));
