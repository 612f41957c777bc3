// Correcting: the words that are selected in the article go into the field that had the cursor last. Without script they are written.
const letters = (text) => [...text].length;
let field = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-words]")) field = event.target;
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-words]")) event.target.parentElement.querySelector(`[name="${event.target.name}_at"]`).value = "";
});

// Where a point of the article stands in its text, in code points; null outside it.
const place = (node, offset) => {
  const paragraph = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-from]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.from) + letters(before.toString());
};

const take = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !field?.isConnected || !field.closest("details[open]")) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
  if (start === null || end === null) return;
  const words = selection.toString();
  const skip = letters(words) - letters(words.trimStart());
  field.value = words.trim();
  field.parentElement.querySelector(`[name="${field.name}_at"]`).value = `${start + skip}-${end - (letters(words) - letters(words.trimEnd()))}`;
};
document.addEventListener("mouseup", take);
document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") take(); });

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.correct[open]")) event.target.querySelector("[data-words]").focus({ preventScroll: true });
}, true);
window.desk.keys.KeyE = () => document.querySelector(".cards .open:target details.correct > summary")?.click();
window.desk.keys.KeyZ = () => document.querySelector("[data-undo]")?.click();
