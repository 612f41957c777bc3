"""From the bytes of a page to its articles.

The way of a page: `encoding` makes the bytes a text, `markup` an outline of blocks (`furniture` says what classes and words of a
site mean, `layouts` what is known of an outlet's pages), `statements` what the page says of itself in its head (`addresses` where it
was served, if it was saved to a file); `headline`, `body`, `dateline` and `times` take from these the title, the paragraphs, who wrote
it where, and when; `articles` joins them.
`telegram` and `plain` do so for posts and for text files; `language` says what is not Arabic.
"""

from riwaya.read.page.articles import LARGEST_PAGE_BYTES, articles_in

__all__ = ["LARGEST_PAGE_BYTES", "articles_in"]
