// Keys of the review: by position, on links and forms that work without them. After an answer the new question gets the focus.
const press = (selector) => () => document.querySelector(selector)?.click();
Object.assign(window.desk.keys, {
  Digit1: press("[value=yes]"), Digit2: press("[value=no]"), Digit3: press("[value=unsure]"),
  Numpad1: press("[value=yes]"), Numpad2: press("[value=no]"), Numpad3: press("[value=unsure]"),
  KeyZ: press("[data-undo]"), KeyE: press("[data-correct]"),
});
document.addEventListener("htmx:afterSwap", () => document.querySelector("#h-ask")?.focus({ preventScroll: true }));
