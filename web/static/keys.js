// Keys for whoever keeps the page open: / j k o c ? They can be switched off in the box that ? opens (WCAG 2.1.4), and stay so.
"use strict";
const keys = document.getElementById("keys"), opener = document.getElementById("keys-opener");
const setting = { get off() { try { return localStorage.getItem("keys") === "off"; } catch { return false; } }, set off(is) { try { localStorage.setItem("keys", is ? "off" : "on"); } catch { /* then for this page alone */ } } };
let off = setting.off, current = -1;
const box = keys.querySelector("input");
box.checked = !off;
box.addEventListener("change", () => { off = setting.off = !box.checked; });
opener.parentElement.hidden = false;
opener.addEventListener("click", () => keys.showModal());

const items = () => [...document.querySelectorAll(".utterance-entry, .place, .checked > li, .made > li")].filter((item) => item.checkVisibility());
const move = (step) => {
  const all = items();
  if (!all.length) return;
  current = Math.min(Math.max(current + step, 0), all.length - 1);
  const item = all[current];
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center" });
};
const link = () => {
  const item = items()[current];
  return item && (item.querySelector("a.all") || item.querySelector(".links a, a"));
};
const copy = () => {
  const found = link(), field = document.createElement("textarea"), before = document.activeElement;
  field.value = found ? found.href : location.href;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before.focus({ preventScroll: true });
  document.getElementById("keys-said").textContent = copied ? keys.dataset.copied : keys.dataset.notCopied;
};
const actions = {
  "/": () => { const q = document.getElementById("q"); if (q) { q.focus(); q.select(); } },
  j: () => move(1),
  k: () => move(-1),
  o: () => { const found = link(); if (found) found.click(); },
  c: copy,
  "?": () => keys.showModal(),
};
addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (off || typing || keys.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const action = Object.hasOwn(actions, event.key) && actions[event.key];
  if (action) { event.preventDefault(); action(); }
});
