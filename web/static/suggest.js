// Names that go on as what is typed: an editable combobox with a list (ARIA Authoring Practices). Without it the fields are plain.
"use strict";
document.querySelectorAll("#q, input[data-suggest]").forEach((input, place) => {
  const field = input.dataset.suggest;
  const list = document.createElement("ul");
  list.id = `suggested-${place}`;
  list.className = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.body.dataset.names);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
  let active = -1, asked = 0, timer;

  // Of the search box: the name of a filter that is being typed, or all of it while it may be a name.
  const typed = () => {
    const text = input.value;
    if (field) return { start: 0, field, name: text };
    const filter = /(?:^|\s)-?(speaker|outlet):"?([^"]*)$/.exec(text);
    if (filter) return { start: text.length - filter[0].trimStart().length, field: filter[1], name: filter[2], minus: filter[0].trimStart().startsWith("-") };
    return text.split(/\s+/).length > 4 ? null : { start: 0, name: text };
  };
  // No answer that is still under way may change the list: to what somebody has begun to choose from, or closed.
  const settle = () => { clearTimeout(timer); asked++; };
  const close = () => {
    settle();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    const { start, minus } = typed() || { start: 0 };
    input.value = input.value.slice(0, start) + (minus ? "-" : "") + option.dataset.value + (field ? "" : " ");
    close();
    input.focus();
  };
  const move = (step) => {
    const options = [...list.children];
    if (!options.length) return;
    settle();
    active = (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const now = typed(), turn = ++asked;
    if (!now || now.name.trim().length < 2) return close();
    let names, said;
    try {
      [, names, said] = await (await fetch(`/suggest?lang=${document.documentElement.lang}&q=${encodeURIComponent(now.name.trim())}`)).json();
    } catch { return turn === asked ? close() : undefined; }
    if (turn !== asked || document.activeElement !== input) return;
    list.replaceChildren();
    names.forEach((query, index) => {
      const [, kind, name] = /^(\w+):"(.*)"$/.exec(query) || [];
      if (!name || (now.field && kind !== now.field)) return;
      const option = document.createElement("li"), bold = document.createElement("bdi"), extent = document.createElement("span");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = field ? name : query;
      bold.textContent = name;
      extent.textContent = ` ${said[index]}`;
      option.append(bold, extent);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(option); });
      list.append(option);
    });
    active = -1;
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || (list.hidden && event.key !== "ArrowDown")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) ask(); else move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(list.children[active]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
});
