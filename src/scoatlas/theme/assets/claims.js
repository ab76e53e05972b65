// The claims of a review by verdict and by topic; without it all of them are shown. The choice stands in the address.
(() => {
  const claims = [...document.querySelectorAll(".claim")];
  const filter = document.querySelector(".filter");
  const asked = new URLSearchParams(location.search);

  const topicsOf = claim => (claim.dataset.about ? claim.dataset.about.split(" ") : []);
  const names = new Map();
  for (const claim of claims) {
    const links = claim.querySelectorAll(".about a");
    topicsOf(claim).forEach((id, at) => names.set(id, links[at]?.textContent ?? id));
  }
  const verdicts = new Map(claims.map(claim => [claim.dataset.verdict, claim.dataset.verdict]));
  const topics = new Map([...names].sort(([, a], [, b]) => a.localeCompare(b)));

  const select = (name, label, options) => {
    const field = Object.assign(document.createElement("select"), { name });
    field.append(new Option("all", ""), ...[...options].map(([value, text]) => new Option(text, value)));
    field.value = options.has(asked.get(name)) ? asked.get(name) : "";
    const frame = document.createElement("label");
    frame.append(`${label} `, field);
    filter.append(frame);
    return field;
  };

  const verdict = select("verdict", "Verdict", verdicts);
  const topic = select("topic", "Topic", topics);
  const said = filter.appendChild(document.createElement("output"));

  const apply = () => {
    for (const claim of claims) {
      const wanted = !verdict.value || claim.dataset.verdict === verdict.value;
      claim.hidden = !(wanted && (!topic.value || topicsOf(claim).includes(topic.value)));
    }
    for (const part of document.querySelectorAll(".part")) part.hidden = !part.querySelector(".claim:not([hidden])");
    said.textContent = `${claims.filter(claim => !claim.hidden).length} of ${claims.length} claims`;
  };

  filter.addEventListener("change", () => {
    apply();
    const address = new URL(location);
    for (const { name, value } of [verdict, topic]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  });

  // A link to a claim that the filter hides shows all claims again.
  const unhide = () => {
    const claim = document.getElementById(location.hash.slice(1));
    if (!claim?.closest(".claim[hidden]")) return;
    verdict.value = topic.value = "";
    apply();
    claim.scrollIntoView();
  };

  filter.hidden = false;
  apply();
  unhide();
  addEventListener("hashchange", unhide);
})();
