// A note as a card beside its number: on hover, on keyboard focus, at a tap. Escape, or a tap elsewhere, closes it.
(() => {
  const article = document.querySelector("article");
  const card = article.appendChild(document.createElement("div"));
  card.className = "note-card";
  card.popover = "auto"; // the browser puts it on top, closes it on Escape, and leaves the focus where it is
  let shown, timer;

  const hide = () => card.hidePopover();
  const show = link => {
    clearTimeout(timer);
    const note = document.getElementById(link.hash.slice(1));
    if (!note || (shown === link && card.matches(":popover-open"))) return;
    hide();
    const words = note.cloneNode(true);
    for (const back of words.querySelectorAll(".back")) back.remove();
    const heading = Object.assign(document.createElement("a"), { href: link.hash, textContent: `Note ${link.textContent}` });
    card.replaceChildren(heading, ...words.childNodes);
    shown?.style.removeProperty("anchor-name");
    shown = link;
    link.style.setProperty("anchor-name", "--note");
    card.showPopover();
  };
  const after = (milliseconds, act) => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };

  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && after(250, hide));
  card.addEventListener("click", ({ target }) => target.closest("a") && hide());

  for (const link of document.querySelectorAll(".note-ref a")) {
    let finger, second;
    link.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && after(200, () => show(link)));
    link.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && after(250, hide));
    link.addEventListener("focus", () => link.matches(":focus-visible") && !finger && show(link));
    link.addEventListener("blur", () => after(0, hide));
    link.addEventListener("pointerdown", ({ pointerType }) => {
      finger = pointerType !== "mouse";
      second = shown === link && card.matches(":popover-open");
    });
    // The first tap shows the card, the second goes to the note, as a click and the Enter key do at once.
    link.addEventListener("click", event => {
      clearTimeout(timer);
      if (!finger || second) return hide();
      event.preventDefault();
      show(link);
      finger = false;
    });
  }
})();
