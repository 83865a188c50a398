"""How it is said: every text of the desk in Swahili and English.

The one way to add a text:

1. Write it in English where it is used: `N_("Choose a category")` where it is declared and said later,
   `say("…", language)` or `say_many("one", "{n} many", n, language)` where it is said at once, `_('…')` and
   `_n('…', '…', n)` in a template. Placeholders are `{name}`; a literal brace is not possible.
2. Run `python -m locales.refresh` (or `… phone`, `… console`, `… desk` for one catalogue).
3. Fill the empty `msgstr` in `locales/sw/<catalogue>.po`, or write the pairs into a file of your own and
   `python -m locales.refresh --from FILE.po`. English fills itself.

A catalogue belongs to the rooms named in `locales.catalogues.ROOMS`. Texts of `phone` are read on the
cheapest phone: GSM-7 only, in the words of the glossary, both of which `tests/locales/` checks.
"""

from locales.speech import DEFAULT, LANGUAGES, N_, load, say, say_many

__all__ = ["DEFAULT", "LANGUAGES", "N_", "load", "say", "say_many"]
