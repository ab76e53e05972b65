// References as citeproc-js makes them: {style, locale, dayFirst, items} on standard input, texts by id on standard output.
const CSL = require("citeproc");
const fs = require("fs");
const path = require("path");

const { style, locale, dayFirst, items } = JSON.parse(fs.readFileSync(0, "utf8"));
const read = (name) => fs.readFileSync(path.join(__dirname, "csl", name), "utf8");
const form = /<date form="text">[\s\S]*?<\/date>/;

// A locale that is not here is American English; Chicago lets days stand before months (9.35), and so do we.
function retrieveLocale(language) {
  const name = `locales-${language}.xml`;
  const xml = read(fs.existsSync(path.join(__dirname, "csl", name)) ? name : "locales-en-US.xml");
  return dayFirst ? xml.replace(form, read("locales-en-GB.xml").match(form)[0]) : xml;
}

const texts = {};
for (const item of items) {
  const engine = new CSL.Engine({ retrieveLocale, retrieveItem: () => item }, read(`${style}.csl`), locale, true);
  engine.setOutputFormat("text");
  engine.updateItems([item.id]);
  const cite = (place) =>
    engine.previewCitationCluster(
      { citationItems: [{ id: item.id, ...place }], properties: { noteIndex: 1 } }, [], [], "text",
    );
  const listed = engine.makeBibliography();
  texts[item.id] = {
    reference: (listed ? listed[1].join("") : "").trim().replace(/^(\[1\]|1\.) /, ""),
    page: cite({ locator: "4", label: "page" }),
    paragraphs: cite({ locator: "3-5", label: "paragraph" }),
  };
}
process.stdout.write(JSON.stringify(texts));
