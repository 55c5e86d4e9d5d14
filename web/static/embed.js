// <blockquote class="quote-card" data-id="..."> becomes the card of that quote; without this script the blockquote stays.
(() => {
  const server = new URL(".", document.currentScript.src).href;
  const frames = [];
  const upgrade = () => document.querySelectorAll("blockquote.quote-card[data-id]").forEach((quote) => {
    const frame = document.createElement("iframe");
    frame.src = server + "embed/" + quote.dataset.id.split("/").map(encodeURIComponent).join("/");
    frame.title = quote.textContent.trim().slice(0, 80);
    frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";
    frame.loading = "lazy";
    frame.style.cssText = "display:block;width:100%;max-width:600px;height:280px;border:0";
    frames.push(frame);
    quote.replaceWith(frame);
  });
  addEventListener("message", (event) => {
    const frame = frames.find((each) => each.contentWindow === event.source);
    const { message, value } = event.data || {};
    if (frame && message === "height" && typeof value === "number" && value > 0) frame.style.height = Math.min(value, 2000) + "px";
  });
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", upgrade);
  else upgrade();
})();
