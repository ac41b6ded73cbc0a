// Formats a CSL-JSON file with citeproc-js in every style of @citation-js/plugin-csl: prints how many entries each has, and
// ends with 1 where an item cannot be formatted.
const fs = require("fs");
const path = require("path");

const modules = path.resolve(process.argv[2], "node_modules");
const CSL = require(path.join(modules, "citeproc"));
const library = path.join(modules, "@citation-js", "plugin-csl", "lib");
const styles = JSON.parse(fs.readFileSync(path.join(library, "styles.json"), "utf8"));
const locales = JSON.parse(fs.readFileSync(path.join(library, "locales.json"), "utf8"));
const items = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));

const byId = new Map(items.map((item) => [String(item.id), item]));
if (byId.size !== items.length) {
  console.error("two items have one id");
  process.exitCode = 1;
}
for (const [name, style] of Object.entries(styles)) {
  const system = {
    retrieveLocale: (language) => locales[language] || locales["en-US"],
    // The processor changes what it is given.
    retrieveItem: (id) => structuredClone(byId.get(String(id))),
  };
  let formatted = 0;
  try {
    const engine = new CSL.Engine(system, style, "en-US");
    engine.updateItems([...byId.keys()]);
    const [parameters, entries] = engine.makeBibliography();
    formatted = entries.length;
    // A style may have nothing to print of an item without a title, a contributor or a date; all else is a fault.
    const errors = parameters.bibliography_errors;
    const failed = errors.filter((it) => it.error_code !== CSL.ERROR_NO_RENDERED_FORM);
    if (failed.length > 0 || formatted + errors.length < items.length || entries.some((it) => it.includes("[object "))) {
      console.error(`${name}: ${JSON.stringify(failed)} ${formatted} of ${items.length} entries`);
      process.exitCode = 1;
    }
    for (const id of byId.keys()) {
      engine.makeCitationCluster([{ id }]);
    }
  } catch (error) {
    console.error(`${name}: ${error && error.stack ? error.stack : error}`);
    process.exitCode = 1;
  }
  console.log(`${name} ${formatted}`);
}
