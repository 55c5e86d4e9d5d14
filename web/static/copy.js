// Buttons that copy what stands beside them. Without scripts they stay hidden, and the words can be selected by hand.
document.querySelectorAll("button[data-copy]").forEach((button) => {
  const words = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", () => {
    const selection = getSelection();
    selection.selectAllChildren(words);
    // Unlike the clipboard's own interface this keeps italics, and works over http on a local network.
    const copied = document.execCommand("copy");
    if (copied) selection.removeAllRanges();
    button.nextElementSibling.textContent = copied ? document.body.dataset.copied : document.body.dataset.notCopied;
  });
});
