"""The name plate, and the style sheet of our own HTML.

Colours are mixed from the text's, to suit light and dark, or named for both; what is read has a
contrast of at least 4.5 in either.
"""

NAME_PLATE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="24" viewBox="0 0 200 24">'
    '<text x="0" y="17" fill="#3d87a5" font-family="sans-serif" font-size="16" font-weight="600">'
    "Rare Earth Assistant</text></svg>"
)

STYLE = """<style>
:root { --good: light-dark(#1f6f8b, #6fb1cc); --fair: light-dark(#9a4f0c, #e0955a);
  --standing: light-dark(#6b4a00, #e0b050); }
button[kind^="primary"], [data-testid="stMultiSelect"] :has(> span[title]),
[data-testid="stMultiSelect"] span[title] { color: light-dark(#ffffff, #15191c); }
[data-testid="stCaptionContainer"] { opacity: 0.85; }
[data-testid="stMainBlockContainer"] { padding-top: 4.5rem; }
.answer { font-size: 1.05rem; line-height: 1.6; max-width: 46rem; overflow-wrap: anywhere; }
.answer p { margin: 0 0 0.5rem; }
.stHtml .answer ul { margin: 0 0 0.5rem; padding-left: 1.3rem; }
.answer .said { white-space: pre-line; }
.stHtml a { color: inherit; text-decoration: underline dotted; text-underline-offset: 0.2em; }
.stHtml a:hover { text-decoration-style: solid; }
.answer-table { overflow-x: auto; margin: 0 0 0.5rem; font-size: 0.93rem; }
.answer-table table { border-collapse: collapse; }
.answer-table th, .answer-table td { padding: 0.15rem 0.7rem 0.15rem 0; text-align: left;
  white-space: nowrap; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.facts { border-collapse: collapse; width: 100%; font-size: 0.88rem; }
.facts th, .facts td, .pivot th, .pivot td { padding: 0.3rem 0.7rem 0.3rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.facts td { overflow-wrap: break-word; }
.facts .figure, .pivot .figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
.facts .figure[data-head="Value"], .facts th:nth-child(4), .pivot .figure,
.pivot thead th { text-align: right; }
.facts tr.superseded td, .pivot a.superseded { font-style: italic; opacity: 0.8; }
.standing { display: block; white-space: normal; font-size: 0.8rem; font-style: italic;
  min-width: 9rem; color: var(--standing); }
.pivot { overflow-x: auto; font-size: 0.9rem; max-width: 100%; }
.pivot table { border-collapse: collapse; }
.pivot thead th { white-space: nowrap; }
.pivot tbody th { font-weight: 400; min-width: 9rem; }
.stHtml ol.timeline { list-style: none; margin: 0; padding: 0; max-width: 60rem; }
.timeline li { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 1rem; padding: 0.5rem 0;
  margin: 0; border-top: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.timeline .date { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.timeline .said { overflow-wrap: anywhere; }
.editions { font-size: 0.93rem; }
.edition-row { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; padding: 0.4rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.edition-row > div { min-width: 0; overflow-wrap: anywhere; }
.edition-row .figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
.edition-row del { background: rgba(209, 73, 91, 0.24); }
.edition-row ins { background: rgba(61, 143, 168, 0.3); text-decoration: none; }
.answer-table.grid td, .answer-table.grid th { white-space: normal; vertical-align: top;
  min-width: 11rem; max-width: 26rem; overflow-wrap: anywhere; }
.grid .answer { font-size: 0.93rem; }
.marker { font-size: 0.85em; font-weight: 600; white-space: nowrap; }
.place { white-space: nowrap; }
.quiet { opacity: 0.78; font-size: 0.88rem; overflow-wrap: anywhere; }
.st-key-latest_turn { min-height: calc(100dvh - 15rem); }
.underway::before { content: ""; display: inline-block; width: 0.5rem; height: 0.5rem;
  margin-right: 0.5rem; border-radius: 50%; background: currentColor;
  animation: underway 1.2s ease-in-out infinite alternate; }
@keyframes underway { from { opacity: 0.2; } to { opacity: 0.9; } }
@media (prefers-reduced-motion: reduce) { .underway::before { animation: none; } }
.question { font-size: 1.05rem; font-weight: 600; white-space: pre-line; overflow-wrap: anywhere;
  scroll-margin-top: 6rem; }
.reference-head { font-weight: 600; line-height: 1.35; overflow-wrap: anywhere; }
.reference-head .number { margin-right: 0.35rem; }
.passage {
  white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; font-size: 0.93rem;
  margin: 0.5rem 0 0; padding: 0.1rem 0 0.1rem 0.8rem; max-width: 46rem;
  border-left: 3px solid color-mix(in srgb, currentColor 22%, transparent);
}
.evidence .passage { max-height: 14rem; overflow-y: auto; }
.draft { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
.draft .supported { border-bottom: 2px solid #3d8fa8; }
.draft .partly { border-bottom: 2px dashed #c28a00; }
.draft .contradicted { border-bottom: 3px solid #d1495b; }
.draft .not-found { border-bottom: 2px dotted currentColor; }
.draft .aside-claim { border-bottom-width: 1px;
  border-bottom-color: color-mix(in srgb, currentColor 30%, transparent); }
.draft [aria-current] { background: rgba(255, 201, 20, 0.42); border-radius: 2px; }
mark {
  background: rgba(255, 201, 20, 0.42); color: inherit; padding: 0.05em 0.1em;
  border-bottom: 2px solid #c28a00; border-radius: 2px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone;
}
.stHtml dl.beside { margin: 0.5rem 0 0; padding-left: 0; font-size: 0.88rem; display: grid;
  gap: 0.1rem 0.8rem; grid-template-columns: max-content 1fr; overflow-wrap: anywhere; }
.beside dt { opacity: 0.78; font-weight: 400; }
.beside dd { margin: 0; }
.evidence { margin: 0 0 1rem; }
.source-title { font-size: 1.45rem; font-weight: 600; line-height: 1.25; margin: 0; padding: 0;
  overflow-wrap: anywhere; }
.part { font-weight: 600; margin: 0.9rem 0 0.15rem; overflow-wrap: anywhere; }
.part:first-child { margin-top: 0; }
.outcome { margin: 0.5rem 0; }
.verdict { font-size: 0.8rem; font-weight: 600; padding: 0.1rem 0.5rem; border-radius: 1rem;
  border: 1px solid currentColor; white-space: nowrap; }
.verdict.good { color: var(--good); }
.verdict.fair { color: var(--fair); }
.verdict.bad { color: #ffffff; background: #c2413a; border-color: #c2413a; }
.verdict.level { opacity: 0.78; }
.turn { margin: 0.2rem 0; white-space: pre-line; overflow-wrap: anywhere; }
.reference { margin: 0 0 1rem; }
.stHtml ol.steps { margin: 0 0 0.5rem; padding-left: 1.5rem; font-size: 0.93rem; max-width: 46rem;
  overflow-wrap: anywhere; }
.stHtml ul.reasons { margin: 0; padding-left: 1.2rem; font-size: 0.93rem; overflow-wrap: anywhere; }
.aside { opacity: 0.66; margin: 0.5rem 0; }
.stHtml .aside ul.reasons li { margin-bottom: 0.5rem; }
.aside .quiet { opacity: 1; }
.scores { display: flex; flex-wrap: wrap; gap: 0.15rem 0.9rem; font-size: 0.88rem;
  margin: 0 0 0.4rem; }
.scores .short b { color: var(--fair); }
.legend { display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; font-size: 0.88rem; }
.legend i { display: inline-block; width: 0.7rem; height: 0.7rem; margin-right: 0.35rem;
  border-radius: 2px; }
.stored-text {
  white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; font-size: 0.95rem;
  max-width: 56rem; max-height: 78vh; overflow-y: auto; padding: 0.9rem 1rem; position: relative;
  border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: 4px;
}
:is(.st-key-draft_pages, .st-key-beside) .stored-text { max-height: 48vh; }
.st-key-quote_in_text .stored-text { max-height: 18rem; }
.stored-heading { font-weight: 600; }
.stored-item { display: list-item; margin-left: 1.2rem; }
.stHtml .stored-table { white-space: normal; overflow-x: auto; margin: 0.4rem 0; }
.stHtml .stored-table table { border-collapse: collapse; font-size: 0.88rem; }
.stHtml .stored-table :is(th, td) { padding: 0.2rem 0.6rem 0.2rem 0; text-align: left;
  vertical-align: top; overflow-wrap: normal;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.stHtml .stored-table .figure { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.answer > p:first-child { font-size: 1.12rem; }
.stHtml a.marker { padding: 0 0.15rem; border-radius: 3px; }
.stHtml a.marker[aria-current] { background: rgba(255, 201, 20, 0.42); }
.quote { margin: 0 0 0.7rem; padding-left: 0.8rem; max-width: 46rem; font-size: 0.93rem;
  line-height: 1.5; overflow-wrap: anywhere;
  border-left: 3px solid color-mix(in srgb, currentColor 22%, transparent); }
.changes { font-size: 0.93rem; overflow-wrap: anywhere; }
[data-testid="stColumn"]:has(.st-key-beside) { position: sticky; top: 4.5rem;
  align-self: flex-start; max-height: calc(100dvh - 11.5rem); overflow-y: auto; }
.stApp:has(.st-key-beside) :is([data-testid="stMainBlockContainer"],
  [data-testid="stBottomBlockContainer"]) { padding-inline: 2.5rem; }
.st-key-beside, [class*="st-key-answer_"] { scroll-margin-top: 4.5rem; }
.back { display: none; }
.st-key-conversations button, .st-key-conversations button > * { justify-content: flex-start;
  text-align: left; }
@media (max-width: 640px) {
  [data-testid="stColumn"]:has(.st-key-beside) { position: static; max-height: none; }
  .stApp:has(.st-key-beside) :is([data-testid="stMainBlockContainer"],
    [data-testid="stBottomBlockContainer"]) { padding-inline: 1rem; }
  .back { display: inline; }
  .st-key-checked_draft { max-height: 30vh; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-checked_draft) { height: auto; flex: none; }
  .timeline li { grid-template-columns: 1fr; }
  .facts thead { display: none; }
  .facts, .facts tbody, .facts tr { display: block; }
  .facts tr { padding: 0.5rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
  .facts td { display: flex; gap: 0.7rem; padding: 0.05rem 0; border: 0; }
  .facts td:empty { display: none; }
  .facts td::before { content: attr(data-head); flex: 0 0 7rem; opacity: 0.78; font-style: normal; }
  .facts .figure[data-head="Value"] { flex-wrap: wrap; text-align: left; }
}
</style>"""
