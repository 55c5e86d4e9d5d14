// Says how far a job is without a reload: the same page is asked for, and its part about the progress put in place.
"use strict";
const look = async () => {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
    const shown = document.getElementById("progress");
    if (fresh && fresh.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
    if (fresh && fresh.dataset.ended) return;
  } catch { /* the server is not there just now */ }
  setTimeout(look, 2000);
};
setTimeout(look, 1000);
