// Comfort only: theme without reload, keys by position (event.code), so that they work on Arabic and Latin layouts.
const root = document.documentElement;
const one = (selector) => document.querySelector(selector);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-theme-switch], [data-keys], [data-close], [data-print]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-keys]")) one("#keys").showModal();
  else if (link.matches("[data-close]")) one("#keys").close();
  else if (link.matches("[data-print]")) print();
  else switchTheme();
});

function switchTheme() {
  const shown = root.dataset.theme || (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light");
  root.dataset.theme = shown === "dark" ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
}

const step = (selector, by) => {
  const all = [...document.querySelectorAll(selector)];
  const at = all.findIndex((each) => each === document.activeElement);
  all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
};

// A page adds keys of its own: desk.keys.KeyZ = () => ...
const desk = { keys: {
  Slash: (event) => event.shiftKey ? one("#keys").showModal() : one("#find, [type=search]")?.focus(),
  KeyJ: () => step("[data-list] [data-item]", 1),
  KeyK: () => step("[data-list] [data-item]", -1),
  BracketRight: () => step(".prose .to-card", 1),
  BracketLeft: () => step(".prose .to-card", -1),
  KeyC: () => putButton()?.click(),
} };
window.desk = desk;

// What is put into the case in hand: the open card, what holds the focus in a list, else what the page is about.
const putButton = () => [one(".cards .open:target"), document.activeElement.closest("[data-list]>*"), document]
  .map((around) => around?.querySelector("[data-put]")).find(Boolean);

// A card opens by its address (#c-...): the text stays where it is, the card gets the focus, Escape leads back to the words.
let cameFrom = null;
document.addEventListener("click", (event) => {
  const number = event.target.closest("a.to-card, .index a") || (!event.target.closest("a") && event.target.closest(".hit")?.querySelector("a.to-card"));
  if (!number) return;
  event.preventDefault();
  const [x, y] = [scrollX, scrollY];
  cameFrom = number;
  location.hash = number.hash;
  scrollTo({ left: x, top: y, behavior: "instant" });
  one(`#${CSS.escape(number.hash.slice(1))}`)?.focus({ preventScroll: true });
});
desk.keys.Escape = () => {
  if (!one(".cards .open:target")) return;
  const y = scrollY;
  location.hash = "main";
  history.replaceState(null, "", location.pathname + location.search);
  scrollTo({ top: y, behavior: "instant" });
  cameFrom?.focus({ preventScroll: true });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, dialog")) return;
  const act = desk.keys[event.code];
  if (!act) return;
  event.preventDefault();
  act(event);
});

// On a narrow screen the name of this page is brought into sight; beside a long page it is shown which of its sections is being read.
one(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
{
  const links = new Map([...document.querySelectorAll(".jump a")].map((link) => [one(link.hash), link]));
  const follow = new IntersectionObserver((seen) => {
    const now = seen.find((each) => each.isIntersecting)?.target;
    for (const [section, link] of links) if (now) link.toggleAttribute("aria-current", section === now);
  }, { rootMargin: "-25% 0px -70% 0px" });
  for (const section of links.keys()) if (section) follow.observe(section);
}
